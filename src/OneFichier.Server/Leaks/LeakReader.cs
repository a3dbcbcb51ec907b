using System.Text;
using System.Text.RegularExpressions;

namespace OneFichier.Server.Leaks;

/// <summary>
/// Reads a stream of any length in windows, and says in which line and column keys stand. What is no text is looked through for the keys of this machine only; what is packed with
/// gzip is unpacked, as far as it goes.
/// </summary>
public sealed partial class LeakReader(LeakDetector detector)
{
    private const int BlockSize = 256 * 1024;
    private const int Reach = 4096;
    private const int Probe = 8000;

    /// <summary>Looks a stream through.</summary>
    /// <param name="content">Read to its end.</param>
    /// <param name="path">What it is called; a name may say what a file is about.</param>
    /// <param name="found">Told of each key.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many bytes it had.</returns>
    public async Task<long> ReadAsync(Stream content, string path, Action<Leak> found, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(found);
        var first = new byte[BlockSize];
        var length = await content.ReadAtLeastAsync(first, BlockSize, throwOnEndOfStream: false, cancellationToken);
        if (first.AsSpan(0, length) is not [0x1F, 0x8B, 8, ..])
            return await ReadAsync(content, first, length, path, found, cancellationToken);

        await using var unpacked = new UnpackedStream(first.AsMemory(0, length), content);
        var block = new byte[BlockSize];
        return await ReadAsync(unpacked, block, await unpacked.ReadAtLeastAsync(block, BlockSize, throwOnEndOfStream: false, cancellationToken), path, found, cancellationToken);
    }

    private async Task<long> ReadAsync(Stream content, byte[] block, int length, string path, Action<Leak> found, CancellationToken cancellationToken)
    {
        var encoding = EncodingOf(block.AsSpan(0, length));
        var pass = new Pass(detector, found) { IsText = encoding is not null, SpeaksOfService = AboutService().IsMatch(NameOf(path)), IsBytes = encoding is null || encoding.IsSingleByte };
        var decoder = (encoding ?? Encoding.Latin1).GetDecoder();
        var (total, skipped) = (0L, MarkOf(block.AsSpan(0, length)));
        while (true)
        {
            total += length;
            var isEnd = length < BlockSize;
            var chars = new char[decoder.GetCharCount(block, skipped, length - skipped, isEnd)];
            decoder.GetChars(block, skipped, length - skipped, chars, 0, isEnd);
            pass.Take(chars, isEnd);
            if (isEnd)
                return total;
            (length, skipped) = (await content.ReadAtLeastAsync(block, BlockSize, throwOnEndOfStream: false, cancellationToken), 0);
        }
    }

    /// <summary>The file and its folder: what lies somewhere below a checkout of this name need not be about the service.</summary>
    private static string NameOf(string path) => string.Join('/', path.Split('/', '\\').TakeLast(2));

    /// <summary>Latin-1 for what is text in any ASCII-like encoding, since keys are ASCII; UTF-16 where it says so or looks so; null for what is no text.</summary>
    private static Encoding? EncodingOf(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => Zeros(start[..Math.Min(start.Length, Probe)]) switch
        {
            (0, 0) => Encoding.Latin1,
            (0, var odd) when odd * 4 >= Math.Min(start.Length, Probe) => Encoding.Unicode,
            (var even, 0) when even * 4 >= Math.Min(start.Length, Probe) => Encoding.BigEndianUnicode,
            _ => null,
        },
    };

    /// <summary>How many zeros stand at even and at odd places: Latin letters in UTF-16 have every other byte zero.</summary>
    private static (int Even, int Odd) Zeros(ReadOnlySpan<byte> bytes)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i < bytes.Length; i++)
            (even, odd) = (even + (bytes[i] == 0 && i % 2 == 0 ? 1 : 0), odd + (bytes[i] == 0 && i % 2 == 1 ? 1 : 0));

        return (even, odd);
    }

    /// <summary>How long the mark of the encoding is.</summary>
    private static int MarkOf(ReadOnlySpan<byte> start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => 3,
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => 2,
        _ => 0,
    };

    [GeneratedRegex(@"(?:^|[/\\._\-]|1|one|un)fichier(?:[/\\._\-]|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 300_000)]
    private static partial Regex AboutService();

    /// <summary>The state of one reading: what is carried from window to window, and how many lines lie before it.</summary>
    private sealed class Pass(LeakDetector detector, Action<Leak> found)
    {
        private string _carried = "";
        private int _from;
        private int _lines;
        private int _columns;
        private bool _isFirst = true;

        public bool IsText { get; init; }

        public bool IsBytes { get; init; }

        public bool SpeaksOfService { get; set; }

        public void Take(char[] chars, bool isEnd)
        {
            var text = string.Concat(_carried, chars);
            var to = isEnd ? text.Length : Math.Max(_from, text.Length - Reach);
            var window = new LeakWindow(text, _from, to, _isFirst && isEnd, SpeaksOfService);
            foreach (var (at, leak) in IsText ? detector.Look(window) : detector.LookForKnown(window))
                found(Placed(text, at, leak));

            SpeaksOfService |= !isEnd && Neighbours.Speaks(text);
            Forget(text, Math.Max(0, to - Reach), to);
            _isFirst = false;
        }

        private void Forget(string text, int cut, int to)
        {
            var gone = text.AsSpan(0, cut);
            var last = gone.LastIndexOf('\n');
            _lines += gone.Count('\n');
            _columns = last < 0 ? _columns + Width(gone) : Width(gone[(last + 1)..]);
            (_carried, _from) = (text[cut..], to - cut);
        }

        private Leak Placed(string text, int at, Leak leak)
        {
            var before = text.AsSpan(0, at);
            var last = before.LastIndexOf('\n');
            var column = last < 0 ? _columns + Width(before) : Width(before[(last + 1)..]);
            return leak with { Line = _lines + before.Count('\n') + 1, Column = column + 1 };
        }

        /// <summary>Characters rather than bytes, where the text is UTF-8 read byte by byte.</summary>
        private int Width(ReadOnlySpan<char> text)
        {
            if (!IsBytes)
                return text.Length;
            var width = 0;
            foreach (var c in text)
                width += c is >= '\u0080' and <= '\u00BF' ? 0 : 1;

            return width;
        }
    }
}
