using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OneFichier.Names;

namespace OneFichier.Tests.Names;

public sealed class ServiceNamePropertyTests
{
    private const int Seed = 20_261_121;
    private const int Trials = 20_000;
    private const string Alphabet = " ␠‛.．4aFEed80/＜<'␀\0\t␉\u007F␡\uD800\uDBFF\uDC00\uDC80\uDCA0\uDCED\uDCFE\uDFFF\uFFFDé";

    [Fact]
    public void Any_string_comes_back_as_it_was() =>
        Prop.ForAll<string?>(name => ComesBack(name ?? "")).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_bytes_come_back_as_they_were() =>
        Prop.ForAll<byte[]>(bytes => ServiceName.DecodeToUtf8(ServiceName.Encode(bytes)).AsSpan().SequenceEqual(bytes)).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_string_of_awkward_characters_comes_back_as_it_was_and_is_fit_to_be_stored()
    {
        var random = Seeded();
        for (var trial = 0; trial < Trials; trial++)
        {
            var name = new string(random.GetItems<char>(Alphabet, random.Next(12)));
            Assert.True(ComesBack(name), Show(name));
            Assert.True(IsFit(ServiceName.Encode(name)), Show(name));
        }
    }

    [Fact]
    public void Any_awkward_bytes_come_back_as_they_were_and_through_a_string_to_the_same_stored_name()
    {
        var random = Seeded();
        for (var trial = 0; trial < Trials; trial++)
        {
            var name = AwkwardNames.Compose(random, random.Next(8));
            var stored = ServiceName.Encode(name);
            Assert.Equal(name, ServiceName.DecodeToUtf8(stored));
            Assert.Equal(stored, ServiceName.Encode(ServiceName.Decode(stored)));
        }
    }

    private static bool ComesBack(string name) => ServiceName.Decode(ServiceName.Encode(name)) == name;

    private static bool IsFit(string stored) =>
        stored.All(character => character >= ' ' && !"/\\<>\"'$`\u007F".Contains(character))
        && stored is not ("." or "..")
        && stored == stored.Trim(' ')
        && !stored.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar && !stored.Contains('\uFFFD'));

    private static Random Seeded()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        return new Random(Seed);
    }

    private static string Show(string name) => $"seed {Seed}: {string.Join(' ', name.Select(unit => $"{(int)unit:X4}"))}";
}
