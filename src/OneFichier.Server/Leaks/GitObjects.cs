using System.Globalization;
using System.Text;

namespace OneFichier.Server.Leaks;

/// <summary>An object of a repository, while it is being read.</summary>
internal sealed record GitObject(string Id, string Type, Stream Content);

/// <summary>Reads objects of a repository, each once, through one <c>git cat-file --batch</c>.</summary>
internal sealed class GitObjects(GitProgram git)
{
    /// <summary>Reads objects one after another; those that are not there are passed over.</summary>
    public async Task ReadAsync(IReadOnlyList<string> ids, Func<GitObject, Task> read, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return;
        using var process = git.Start("cat-file", "--batch", "--buffer");
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var asking = AskAsync(process.StandardInput, ids);
            await using var output = new BufferedStream(process.StandardOutput.BaseStream, 128 * 1024);
            for (var i = 0; i < ids.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Header(output).Split(' ') is not [var id, var type, var length])
                    continue;
                var content = new PartStream(output, long.Parse(length, CultureInfo.InvariantCulture));
                await read(new GitObject(id, type, content));
                content.SkipRest();
            }

            await asking;
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
                throw new IOException($"git: {(await errors).Trim()}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    private static async Task AskAsync(StreamWriter input, IReadOnlyList<string> ids)
    {
        foreach (var id in ids)
            await input.WriteAsync($"{id}\n");
        input.Close();
    }

    private static string Header(Stream output)
    {
        var header = new StringBuilder();
        for (var next = output.ReadByte(); next != '\n'; next = output.ReadByte())
            header.Append(next >= 0 ? (char)next : throw new IOException("git ended before it had said all."));

        return header.ToString();
    }
}
