namespace OneFichier.Hashing;

/// <summary>The ways this library can compute Whirlpool. All give the same checksum; they differ in speed and in what they ask of the processor.</summary>
/// <remarks><see cref="Whirlpool.IsSupported"/> says which of them the processor at hand can run.</remarks>
public enum WhirlpoolImplementation
{
    /// <summary>The fastest the processor supports.</summary>
    Auto,

    /// <summary>As <see cref="Avx512"/>, with a third fewer instructions. Needs AVX-512 VBMI and GFNI too.</summary>
    Gfni,

    /// <summary>The whole state in one 512-bit register. Needs AVX-512 F and BW.</summary>
    Avx512,

    /// <summary>Key and state side by side in four 256-bit registers. Needs AVX2.</summary>
    Avx2,

    /// <summary>Eight look-up tables. Runs everywhere.</summary>
    Portable,
}
