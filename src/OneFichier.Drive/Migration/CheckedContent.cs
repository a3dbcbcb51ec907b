using System.Security.Cryptography;

namespace OneFichier.Drive.Migration;

/// <summary>A content on its way, compared with the checksum its source tells of it. What is not that content is refused before its last byte is given on, so nothing of it is stored.</summary>
internal sealed class CheckedContent : ForwardStream
{
    private readonly MigrationItem _item;
    private readonly string _wanted;
    private readonly IncrementalHash _sum;
    private readonly Action<int> _passed;
    private long _read;

    private CheckedContent(Stream inner, MigrationItem item, HashAlgorithmName kind, string wanted, Action<int> passed) : base(inner) =>
        (_item, _wanted, _sum, _passed) = (item, wanted, IncrementalHash.CreateHash(kind), passed);

    public static Stream Over(Stream inner, MigrationItem item, Action<int> passed) => item.OtherSum?.Split(':', 2) switch
    {
        ["md5", var digits] => new CheckedContent(inner, item, HashAlgorithmName.MD5, digits, passed),
        ["sha1", var digits] => new CheckedContent(inner, item, HashAlgorithmName.SHA1, digits, passed),
        ["sha256", var digits] => new CheckedContent(inner, item, HashAlgorithmName.SHA256, digits, passed),
        _ => new CountedContent(inner, passed),
    };

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await Inner.ReadAsync(buffer, cancellationToken);
        if (read > 0)
        {
            _sum.AppendData(buffer.Span[..read]);
            _read += read;
            _passed(read);
            if (_read == _item.Size && Convert.ToHexStringLower(_sum.GetCurrentHash()) is var found && found != _wanted)
                throw new FichierSourceException(_item.Origin, $"was read with the checksum {found}, and its source says {_item.OtherSum}");
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _sum.Dispose();

        base.Dispose(disposing);
    }

    private sealed class CountedContent(Stream inner, Action<int> passed) : ForwardStream(inner)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await Inner.ReadAsync(buffer, cancellationToken);
            passed(read);
            return read;
        }
    }
}
