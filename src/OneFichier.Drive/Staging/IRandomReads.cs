namespace OneFichier.Drive.Staging;

/// <summary>Reading any part of a file at any time, without opening it.</summary>
public interface IRandomReads
{
    /// <summary>Fills a buffer with bytes of a file, as it was listed.</summary>
    /// <param name="file">The file; its path says where it is now.</param>
    /// <param name="buffer">Filled to its end.</param>
    /// <param name="offset">Where in the file the bytes begin.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="IOException">The bytes cannot be had now.</exception>
    /// <exception cref="ArgumentOutOfRangeException">They reach beyond the file.</exception>
    ValueTask ReadAsync(Entry file, Memory<byte> buffer, long offset, CancellationToken cancellationToken = default);
}
