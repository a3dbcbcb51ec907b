using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using OneFichier.Drive;

namespace OneFichier.Gateways;

/// <summary>Several ranges of a file as one body (RFC 9110 §14.6), of a length that is known beforehand.</summary>
internal sealed class RangeParts
{
    private readonly string _boundary = "fichier-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
    private readonly List<(ByteRange Range, byte[] Head)> _parts;
    private readonly byte[] _end;

    public RangeParts(IReadOnlyList<ByteRange> ranges, string type, long size)
    {
        _parts = [.. ranges.Select(r => (r, Encoding.Latin1.GetBytes($"\r\n--{_boundary}\r\nContent-Type: {type}\r\nContent-Range: {ContentRange(r, size)}\r\n\r\n")))];
        _end = Encoding.Latin1.GetBytes($"\r\n--{_boundary}--\r\n");
    }

    public string ContentType => "multipart/byteranges; boundary=" + _boundary;

    public long Length => _parts.Sum(p => p.Head.Length + p.Range.Length!.Value) + _end.Length;

    public static string ContentRange(ByteRange range, long size) => string.Create(CultureInfo.InvariantCulture, $"bytes {range.Offset}-{range.Offset + range.Length - 1}/{size}");

    public async Task SendAsync(PipeWriter target, OpenContent open, CancellationToken cancellationToken)
    {
        foreach (var (range, head) in _parts)
        {
            await target.WriteAsync(head, cancellationToken);
            await using var content = await open(range, cancellationToken);
            await ContentPump.SendAsync(content, target, range.Length!.Value, cancellationToken);
        }

        await target.WriteAsync(_end, cancellationToken);
    }
}
