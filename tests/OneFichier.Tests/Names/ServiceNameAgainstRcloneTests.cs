using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using OneFichier.Names;

namespace OneFichier.Tests.Names;

/// <summary>
/// The real rclone as judge: its local backend takes the encoding table of its 1fichier backend as an option, so what it writes to a disk and
/// lists from it is what it would send to the service and read from there.
/// </summary>
public sealed class ServiceNameAgainstRcloneTests : IDisposable
{
    private const int Seed = 20_261_120;
    private const string DiskTable = "Slash,Dot";
    private const string ServiceTable =
        "Slash,LtGt,DoubleQuote,SingleQuote,BackQuote,Dollar,BackSlash,Del,Ctl,LeftSpace,RightSpace,InvalidUtf8,Dot";

    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fichier-names-");

    public void Dispose() => Process.Start("rm", ["-rf", _folder.FullName]).WaitForExit();

    [Fact]
    public async Task Stores_awkward_names_as_rclone_does()
    {
        var names = Names();
        Assert.InRange(names.Count, 500, 2000);
        await WriteAsync("source", names.Select(RcloneNames.OnDisk));
        await RunAsync("rclone", ["--config", "", "copy", Remote(DiskTable, "source"), Remote(ServiceTable, "stored")]);

        var stored = await ListAsync("find", [Path.Combine(_folder.FullName, "stored"), "-type", "f", "-printf", "%P\\0"], '\0');
        Assert.Equal(names.Count, stored.Count);
        Assert.All(names, (name, index) => Assert.Equal(ServiceName.Encode(name), Encoding.UTF8.GetString(stored[index])));
    }

    [Fact]
    public async Task Reads_stored_names_as_rclone_does_but_for_one_that_rclone_confuses()
    {
        var stored = Names().Where(name => !name.Contains((byte)0) && !name.Contains((byte)'/'))
            .Select(Encoding.UTF8.GetString).Where(name => !name.Contains('\uFFFD') && name is not ("." or ".."))
            .Concat(Names().Select(name => ServiceName.Encode(name)))
            .Distinct().Where(name => !EndsInQuotesAndSpace(name)).ToList();
        Assert.InRange(stored.Count, 500, 2000);
        await WriteAsync("stored", stored.Select(Encoding.UTF8.GetBytes));

        var listed = await ListAsync("rclone", ["--config", "", "lsf", "-R", "--files-only", Remote(ServiceTable, "stored")], '\n');
        Assert.Equal(stored.Count, listed.Count);
        Assert.All(stored, (name, index) =>
            Assert.Equal(Convert.ToHexString(RcloneNames.Listed(ServiceName.DecodeToUtf8(name))), Convert.ToHexString(listed[index])));
    }

    private static IReadOnlyList<byte[]> Names()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        return AwkwardNames.Make(new Random(Seed), compositions: 250);
    }

    /// <summary>Quotes in pairs before a final space: the one ending that rclone writes and does not read back.</summary>
    private static bool EndsInQuotesAndSpace(string stored)
    {
        var quotes = stored.Length - 1 - stored.TrimEnd('␠').TrimEnd('‛').Length;
        return stored.EndsWith("‛␠", StringComparison.Ordinal) && !stored.EndsWith("␠␠", StringComparison.Ordinal) && quotes % 2 == 0;
    }

    private string Remote(string table, string folder) => $":local,encoding=\"{table}\":{Path.Combine(_folder.FullName, folder)}";

    /// <summary>Each name in a folder of its own, so that no two meet; programs make the files, because .NET cannot hand over a name that is not UTF-8.</summary>
    private async Task WriteAsync(string folder, IEnumerable<byte[]> names)
    {
        var root = Path.Combine(_folder.FullName, folder);
        var paths = new List<byte>();
        foreach (var (index, name) in names.Index())
        {
            Directory.CreateDirectory(Path.Combine(root, $"{index:D4}"));
            paths.AddRange([.. Encoding.UTF8.GetBytes(Path.Combine(root, $"{index:D4}/")), .. name, 0]);
        }

        await RunAsync("xargs", ["-0", "touch", "--"], [.. paths]);
    }

    /// <summary>The names in lines <c>0000/name</c>, by their number.</summary>
    private static async Task<List<byte[]>> ListAsync(string program, IEnumerable<string> arguments, char separator)
    {
        const int FolderLength = 5;
        var lines = Encoding.Latin1.GetString(await RunAsync(program, arguments)).Split(separator, StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Order(StringComparer.Ordinal).Select(line => Encoding.Latin1.GetBytes(line[FolderLength..]))];
    }

    private static async Task<byte[]> RunAsync(string program, IEnumerable<string> arguments, byte[]? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync(Cancellation);
            await process.StandardInput.BaseStream.WriteAsync(input ?? [], Cancellation);
            process.StandardInput.Close();
            using var output = new MemoryStream();
            await process.StandardOutput.BaseStream.CopyToAsync(output, Cancellation);
            await process.WaitForExitAsync(Cancellation);
            Assert.True(process.ExitCode == 0, $"{program} failed: {await errors}");
            return output.ToArray();
        }
        catch (Win32Exception)
        {
            Assert.Skip($"There is no {program} here.");
            throw;
        }
    }
}
