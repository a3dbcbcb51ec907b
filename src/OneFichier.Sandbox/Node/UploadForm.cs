using System.Text;

namespace OneFichier.Sandbox.Node;

/// <summary>What an upload brought.</summary>
internal sealed class UploadForm
{
    private const int FieldLimit = 64 * 1024;

    public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    public List<(string Name, Content Content)> Files { get; } = [];

    public long? Number(string field) => long.TryParse(Fields.GetValueOrDefault(field), out var number) ? number : null;

    public static async Task<UploadForm> ReadAsync(Exchange exchange, string boundary)
    {
        var form = new UploadForm();
        try
        {
            var reader = new MultipartReader(exchange.Request.Body, boundary);
            await reader.SkipPreambleAsync(exchange.Aborted);
            while (await reader.NextAsync(exchange.Aborted) is { } lines)
                await form.TakeAsync(exchange, reader, PartHeader.Parse(lines, exchange.World.Behaviours.StrictMultipart));
            await exchange.Request.Body.CopyToAsync(Stream.Null, exchange.Aborted);
            return form;
        }
        catch
        {
            form.Drop(exchange.World);
            throw;
        }
    }

    /// <summary>Gives up the contents that came.</summary>
    public void Drop(World world)
    {
        foreach (var (_, content) in Files)
            world.Blobs.Release(content);
        Files.Clear();
    }

    private async Task TakeAsync(Exchange exchange, MultipartReader reader, PartHeader header)
    {
        if (header.FileName is null)
            Fields[header.Field] = await ReadFieldAsync(reader, exchange.Aborted);
        else if (header.Field == "file[]" || !exchange.World.Behaviours.StrictMultipart)
            Files.Add((header.FileName, await ReadFileAsync(exchange, reader)));
        else
            await reader.ReadBodyAsync(_ => { }, exchange.Aborted);
    }

    private static async Task<string> ReadFieldAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        using var value = new MemoryStream();
        await reader.ReadBodyAsync(
            piece =>
            {
                if (value.Length + piece.Length > FieldLimit)
                    throw new MalformedUploadException();
                value.Write(piece);
            },
            cancellationToken);
        return Encoding.UTF8.GetString(value.ToArray());
    }

    private static async Task<Content> ReadFileAsync(Exchange exchange, MultipartReader reader)
    {
        using var blob = exchange.World.Blobs.Create();
        await reader.ReadBodyAsync(blob.Append, exchange.Aborted);
        return blob.Complete();
    }
}
