namespace OneFichier.Sandbox;

/// <summary>SplitMix64 by position: any word of the sequence without the ones before it.</summary>
internal static class SplitMix
{
    public static ulong Word(ulong seed, ulong index)
    {
        var z = seed + ((index + 1) * 0x9E3779B97F4A7C15UL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
