using System.Buffers;
using OneFichier.Hashing;

namespace OneFichier.Drive;

/// <summary>Brings the content of a new file to where it goes, and makes sure that it is what was announced.</summary>
internal static class ProvenCopy
{
    private const int BufferSize = 128 * 1024;

    /// <param name="file">The new file.</param>
    /// <param name="target">Takes the content.</param>
    /// <param name="hash">Whether the checksum is wanted; it is computed too when there is one to compare with.</param>
    /// <param name="progress">Told of bytes.</param>
    /// <param name="cancellationToken">Ends the call between two reads.</param>
    /// <exception cref="FichierSourceException">The source gave fewer bytes, or more.</exception>
    /// <exception cref="FichierIntegrityException">The bytes have another checksum.</exception>
    public static async Task<WhirlpoolHash?> RunAsync(
        NewFile file, Stream target, bool hash, IProgress<TransferEvent>? progress, CancellationToken cancellationToken)
    {
        using var whirlpool = hash || file.Checksum is not null ? new Whirlpool() : null;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await using var source = await file.OpenAsync(cancellationToken);
            var done = 0L;
            while (await source.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                done += read;
                if (done > file.Length)
                    throw new FichierSourceException(file.Path.ToString(), $"has more than the {file.Length} bytes it was said to have");
                whirlpool?.AppendData(buffer.AsSpan(0, read));
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                progress?.Report(new TransferAdvanced(file.Path.ToString(), done, file.Length));
            }

            if (done < file.Length)
                throw new FichierSourceException(file.Path.ToString(), $"ended after {done} of {file.Length} bytes");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Compared(file, whirlpool?.GetCurrentHash());
    }

    private static WhirlpoolHash? Compared(NewFile file, WhirlpoolHash? found) => file.Checksum is { } wanted && wanted != found
        ? throw new FichierIntegrityException($"What arrived for '{file.Path}' has the checksum {found}, not {wanted}.")
        : found;
}
