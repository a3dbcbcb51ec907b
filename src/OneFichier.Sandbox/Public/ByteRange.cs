using System.Globalization;
using System.Runtime.InteropServices;

namespace OneFichier.Sandbox.Public;

/// <summary>The part of a file a Range header asks for.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ByteRange(long Offset, long Length)
{
    /// <summary>
    /// Reads a single range. False when it lies outside the file (416); null in <paramref name="range"/> when there is
    /// none that is understood, several among them, so the whole file is meant.
    /// </summary>
    public static bool TryRead(string header, long size, out ByteRange? range)
    {
        range = null;
        if (!header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase) || header[6..].Split('-') is not [var first, var last])
            return true;
        var from = Number(first);
        var to = Number(last);
        if ((from is null && first.Length > 0) || (to is null && last.Length > 0) || (from is null && to is null) || to < from)
            return true;
        if (from is null)
            return Suffix(to!.Value, size, out range);
        if (from >= size)
            return false;
        range = new ByteRange(from.Value, Math.Min(to ?? size - 1, size - 1) - from.Value + 1);
        return true;
    }

    private static bool Suffix(long length, long size, out ByteRange? range)
    {
        var kept = Math.Min(length, size);
        range = kept == 0 ? null : new ByteRange(size - kept, kept);
        return kept > 0;
    }

    private static long? Number(string text) =>
        long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
