using System.Runtime.Versioning;
using System.Text;
using OneFichier.Server.Keys;

namespace OneFichier.Server.Tests.Keys;

[UnsupportedOSPlatform("windows")]
public sealed class FileSecretStoreTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Key = "abcdefghijklmnopqrstuvwxyz012345";
    private readonly string _home = Directory.CreateTempSubdirectory("fichier-keys-").FullName;

    private string Folder => Path.Combine(_home, "config", "keys");

    private string DataKey => Path.Combine(_home, "state", "data.key");

    private string KeyFile => Path.Combine(Folder, "work.key");

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task What_is_saved_is_found_by_the_next_process_and_gone_when_removed()
    {
        await Store().SaveAsync("work", Key, TestContext.Current.CancellationToken);
        Assert.Equal(Key, await Store().FindAsync("work", TestContext.Current.CancellationToken));
        Assert.Null(await Store().FindAsync("home", TestContext.Current.CancellationToken));
        Assert.True(await Store().RemoveAsync("work", TestContext.Current.CancellationToken));
        Assert.False(await Store().RemoveAsync("work", TestContext.Current.CancellationToken));
        Assert.Null(await Store().FindAsync("work", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Files_are_for_their_owner_and_neither_holds_the_key()
    {
        await Store().SaveAsync("work", Key, TestContext.Current.CancellationToken);
        foreach (var file in Directory.EnumerateFiles(_home, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(file));
            Assert.DoesNotContain(Key, Encoding.Latin1.GetString(File.ReadAllBytes(file)));
        }

        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
    }

    [Fact]
    public async Task Either_file_alone_opens_nothing()
    {
        await Store().SaveAsync("work", Key, TestContext.Current.CancellationToken);
        File.Delete(DataKey);
        await RefusedAsync("data key");
        await Store().SaveAsync("work", Key, TestContext.Current.CancellationToken);
        File.WriteAllBytes(DataKey, new byte[32]);
        await RefusedAsync("another one");
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task A_file_that_others_may_use_is_refused(UnixFileMode more)
    {
        await Store().SaveAsync("work", Key, TestContext.Current.CancellationToken);
        File.SetUnixFileMode(KeyFile, OwnerOnly | more);
        await RefusedAsync("Other users");
        File.SetUnixFileMode(KeyFile, OwnerOnly);
        File.SetUnixFileMode(DataKey, OwnerOnly | more);
        await RefusedAsync("Other users");
    }

    [Fact]
    public async Task Any_changed_byte_and_any_missing_end_is_a_refusal_and_never_another_key()
    {
        await Store().SaveAsync("work", Key, TestContext.Current.CancellationToken);
        var whole = File.ReadAllBytes(KeyFile);
        for (var i = 0; i < whole.Length; i++)
        {
            var changed = (byte[])whole.Clone();
            changed[i] ^= 1;
            File.WriteAllBytes(KeyFile, changed);
            Assert.True(await FindOrProblemAsync() is FichierKeyException or ApiKey, $"byte {i}");
            Assert.False(await FindOrProblemAsync() is ApiKey other && !other.Equals(Key), $"byte {i}");
            File.WriteAllBytes(KeyFile, whole[..i]);
            Assert.IsType<FichierKeyException>(await FindOrProblemAsync());
        }
    }

    [Fact]
    public async Task A_key_moved_to_another_name_does_not_open()
    {
        await Store().SaveAsync("work", Key, TestContext.Current.CancellationToken);
        File.WriteAllText(KeyFile, File.ReadAllText(KeyFile).Replace("\"work\"", "\"home\""));
        await RefusedAsync("changed");
    }

    [Fact]
    public async Task A_newer_format_is_refused_with_a_clear_word()
    {
        await Store().SaveAsync("work", Key, TestContext.Current.CancellationToken);
        File.WriteAllText(KeyFile, File.ReadAllText(KeyFile).Replace("\"version\":1", "\"version\":7"));
        await RefusedAsync("version 7");
    }

    [Fact]
    public async Task A_passphrase_is_needed_and_must_be_the_right_one()
    {
        await Store("correct").SaveAsync("work", Key, TestContext.Current.CancellationToken);
        Assert.Equal(Key, await Store("correct").FindAsync("work", TestContext.Current.CancellationToken));
        await RefusedAsync("needs its passphrase");
        await RefusedAsync("passphrase is another one", "wrong");
    }

    [Fact]
    public async Task Leftovers_of_a_killed_writer_are_not_read_and_go_with_the_next_save()
    {
        await Store().SaveAsync("work", Key, TestContext.Current.CancellationToken);
        var leftover = KeyFile + ".123.new";
        File.WriteAllText(leftover, "{ half");
        Assert.Equal(Key, await Store().FindAsync("work", TestContext.Current.CancellationToken));
        await Store().SaveAsync("work", Key, TestContext.Current.CancellationToken);
        Assert.False(File.Exists(leftover));
    }

    [Fact]
    public async Task Writers_at_the_same_time_leave_one_whole_key_of_theirs()
    {
        string[] keys = [.. Enumerable.Range(0, 16).Select(i => new string((char)('a' + i), 32))];
        await Task.WhenAll(keys.Select(k => Task.Run(() => Store().SaveAsync("work", k, TestContext.Current.CancellationToken))));
        Assert.Contains(await Store().FindAsync("work", TestContext.Current.CancellationToken), keys);
    }

    private FileSecretStore Store(string? passphrase = null) => new(Folder, DataKey, passphrase, TimeProvider.System);

    private async Task RefusedAsync(string reason, string? passphrase = null)
    {
        var error = await Assert.ThrowsAsync<FichierKeyException>(() => Store(passphrase).FindAsync("work", TestContext.Current.CancellationToken));
        Assert.Contains(reason, error.Message);
        Assert.DoesNotContain(Key, error.ToString());
    }

    private async Task<object?> FindOrProblemAsync()
    {
        try
        {
            return await Store().FindAsync("work", TestContext.Current.CancellationToken);
        }
        catch (FichierKeyException e)
        {
            return e;
        }
    }
}
