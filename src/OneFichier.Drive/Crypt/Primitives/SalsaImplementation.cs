using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace OneFichier.Drive.Crypt.Primitives;

/// <summary>The ways Salsa20 can be computed here. All give the same bytes.</summary>
public enum SalsaImplementation
{
    /// <summary>The fastest the processor supports.</summary>
    Auto,

    /// <summary>One block at a time. Runs everywhere.</summary>
    Portable,

    /// <summary>Four blocks side by side. Needs SSE2 or the vectors of 64-bit ARM.</summary>
    Vector128,

    /// <summary>Eight blocks side by side. Needs AVX2.</summary>
    Vector256,

    /// <summary>Sixteen blocks side by side. Needs AVX-512 F.</summary>
    Vector512,
}

/// <summary>What the processor at hand can run.</summary>
public static class SalsaImplementations
{
    /// <summary>The fastest of them.</summary>
    public static SalsaImplementation Best { get; } =
        new[] { SalsaImplementation.Vector512, SalsaImplementation.Vector256, SalsaImplementation.Vector128 }.FirstOrDefault(IsSupported, SalsaImplementation.Portable);

    /// <summary>Whether an implementation runs here.</summary>
    public static bool IsSupported(this SalsaImplementation implementation) => implementation switch
    {
        SalsaImplementation.Vector512 => Avx512F.IsSupported,
        SalsaImplementation.Vector256 => Avx2.IsSupported,
        SalsaImplementation.Vector128 => Sse2.IsSupported || AdvSimd.Arm64.IsSupported,
        _ => true,
    };
}
