using System.Buffers;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace OneFichier.Hashing;

/// <summary>
/// Whirlpool (ISO/IEC 10118-3, final version): the checksum 1fichier keeps of every file.
/// </summary>
/// <remarks>
/// <para>
/// Usable wherever a <see cref="HashAlgorithm"/> is, in pieces (<see cref="AppendData"/>, then <see cref="GetHashAndReset"/>), or at
/// one go (<see cref="HashData(ReadOnlySpan{byte})"/>). Content may be as long as 2^64 - 1 bytes.
/// </para>
/// <para>An instance hashes one stream at a time and must not be used by two threads at once. Hash several files at once by
/// giving each its own instance.</para>
/// </remarks>
public sealed class Whirlpool : HashAlgorithm
{
    private const int StreamBufferSize = 128 * 1024;

    private WhirlpoolState _state;

    /// <summary>Starts a hash on the fastest implementation the processor supports.</summary>
    public Whirlpool()
        : this(WhirlpoolImplementation.Auto)
    {
    }

    /// <summary>Starts a hash on a chosen implementation, for those who test or compare them.</summary>
    /// <exception cref="PlatformNotSupportedException">The processor cannot run it; see <see cref="IsSupported"/>.</exception>
    public Whirlpool(WhirlpoolImplementation implementation)
    {
        if (!IsSupported(implementation))
            throw new PlatformNotSupportedException($"This processor cannot run the {implementation} implementation of Whirlpool.");
        HashSizeValue = WhirlpoolHash.Size * 8;
        _state = Start(implementation);
    }

    /// <summary>The implementation this instance runs; never <see cref="WhirlpoolImplementation.Auto"/>.</summary>
    public WhirlpoolImplementation Implementation => _state.Implementation;

    /// <summary>
    /// Whether this processor can run an implementation. Always true of <see cref="WhirlpoolImplementation.Auto"/> and
    /// <see cref="WhirlpoolImplementation.Portable"/>.
    /// </summary>
    public static bool IsSupported(WhirlpoolImplementation implementation) => implementation switch
    {
        WhirlpoolImplementation.Gfni => WhirlpoolGfni.IsSupported,
        WhirlpoolImplementation.Avx512 => Avx512BW.IsSupported,
        WhirlpoolImplementation.Avx2 => Avx2.IsSupported,
        WhirlpoolImplementation.Auto or WhirlpoolImplementation.Portable => true,
        _ => false,
    };

    /// <summary>The checksum of bytes at hand. Allocates nothing.</summary>
    public static WhirlpoolHash HashData(ReadOnlySpan<byte> source)
    {
        var state = Start(WhirlpoolImplementation.Auto);
        state.Append(source);
        return state.Finish();
    }

    /// <summary>The checksum of all that is left in a stream, which is read to its end and left open.</summary>
    public static WhirlpoolHash HashData(Stream source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var state = Start(WhirlpoolImplementation.Auto);
        var buffer = ArrayPool<byte>.Shared.Rent(StreamBufferSize);
        try
        {
            for (int read; (read = source.Read(buffer)) > 0;)
                state.Append(buffer.AsSpan(0, read));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return state.Finish();
    }

    /// <summary>The checksum of all that is left in a stream, which is read to its end and left open.</summary>
    public static async Task<WhirlpoolHash> HashDataAsync(Stream source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var state = Start(WhirlpoolImplementation.Auto);
        var buffer = ArrayPool<byte>.Shared.Rent(StreamBufferSize);
        try
        {
            for (int read; (read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
                state.Append(buffer.AsSpan(0, read));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return state.Finish();
    }

    /// <summary>Adds bytes to what is being hashed. How the content is cut into calls makes no difference.</summary>
    public void AppendData(ReadOnlySpan<byte> data) => _state.Append(data);

    /// <summary>The checksum of all bytes added since the start or the last reset; more may be added afterwards.</summary>
    public WhirlpoolHash GetCurrentHash() => _state.Finish();

    /// <summary>The checksum of all bytes added since the start or the last reset; the next byte starts a new one.</summary>
    public WhirlpoolHash GetHashAndReset()
    {
        var hash = _state.Finish();
        Initialize();
        return hash;
    }

    /// <summary>Writes what <see cref="GetHashAndReset"/> returns into <paramref name="destination"/>.</summary>
    /// <returns>False, and nothing is written or reset, if <paramref name="destination"/> is shorter than 64 bytes.</returns>
    public bool TryGetHashAndReset(Span<byte> destination, out int bytesWritten)
    {
        bytesWritten = 0;
        if (destination.Length < WhirlpoolHash.Size)
            return false;
        GetHashAndReset().CopyTo(destination);
        bytesWritten = WhirlpoolHash.Size;
        return true;
    }

    /// <inheritdoc/>
    public override void Initialize() => _state = Start(Implementation);

    /// <inheritdoc/>
    protected override void HashCore(byte[] array, int ibStart, int cbSize) => _state.Append(array.AsSpan(ibStart, cbSize));

    /// <inheritdoc/>
    protected override void HashCore(ReadOnlySpan<byte> source) => _state.Append(source);

    /// <inheritdoc/>
    protected override byte[] HashFinal() => _state.Finish().ToArray();

    /// <inheritdoc/>
    protected override bool TryHashFinal(Span<byte> destination, out int bytesWritten)
    {
        bytesWritten = 0;
        if (destination.Length < WhirlpoolHash.Size)
            return false;
        _state.Finish().CopyTo(destination);
        bytesWritten = WhirlpoolHash.Size;
        return true;
    }

    private static WhirlpoolState Start(WhirlpoolImplementation implementation) => new()
    {
        Implementation = implementation != WhirlpoolImplementation.Auto ? implementation
            : WhirlpoolGfni.IsSupported ? WhirlpoolImplementation.Gfni
            : Avx512BW.IsSupported ? WhirlpoolImplementation.Avx512
            : Avx2.IsSupported ? WhirlpoolImplementation.Avx2
            : WhirlpoolImplementation.Portable,
    };
}
