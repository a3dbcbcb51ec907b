namespace OneFichier.Drive;

/// <summary>How much room there is.</summary>
public interface IVolumeSpace
{
    /// <summary>The room of the whole volume, as of a few minutes ago at most; never asks the service more often than it allows.</summary>
    /// <returns><see langword="null"/> when it cannot be known now.</returns>
    ValueTask<VolumeSpace?> SpaceAsync(CancellationToken cancellationToken = default);
}

/// <summary>Room for files, in bytes.</summary>
/// <param name="Used">What is taken.</param>
/// <param name="Available">What is left; <see langword="null"/> when there is no end to it.</param>
public sealed record VolumeSpace(long Used, long? Available);
