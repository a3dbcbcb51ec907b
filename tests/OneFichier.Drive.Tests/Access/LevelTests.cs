using OneFichier.Drive.Access;

namespace OneFichier.Drive.Tests.Access;

/// <summary>What each level lets a token do, at every verb of a volume.</summary>
public sealed class LevelTests
{
    private readonly MemoryVolume _whole = new();

    [Theory]
    [InlineData(AccessLevel.Read, "find list open")]
    [InlineData(AccessLevel.Append, "find list open put-new mkdir")]
    [InlineData(AccessLevel.Write, "find list open put-new put-over mkdir move-file move-over move-folder remove-file remove-folder copy touch")]
    [InlineData(AccessLevel.Admin, "find list open put-new put-over mkdir move-file move-over move-folder remove-file remove-folder copy touch")]
    public async Task Each_level_lets_through_its_verbs_and_no_other(AccessLevel level, string allowed)
    {
        foreach (var (verb, attempt) in Verbs())
        {
            var whole = await FilledAsync();
            var before = await DrawAsync(whole);
            var may = allowed.Split(' ').Contains(verb);
            var refusal = await RefusalOfAsync(() => attempt(new ScopedVolume(whole, new AccessScope { Level = level })));
            Assert.True(may == (refusal is null), $"{level}: {verb} was {(may ? "refused" : "let through")}: {refusal}");
            Assert.True(refusal is null or UnauthorizedAccessException, $"{level}: {verb} ended with {refusal}");
            if (!may)
                Assert.Equal(before, await DrawAsync(whole));
        }
    }

    [Fact]
    public async Task Of_two_who_append_the_same_name_at_once_one_is_refused_and_nothing_is_replaced()
    {
        var append = new ScopedVolume(_whole, new AccessScope { Level = AccessLevel.Append });
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => append.PutAsync([New("race", $"content {n:00}")])));
        var winner = Assert.Single(results, r => r[0].Error is null);
        Assert.All(results.Except([winner]), r => Assert.IsType<UnauthorizedAccessException>(r[0].Error));
        var text = await TextAsync(_whole, "race");
        Assert.Equal($"content {Array.IndexOf(results, winner):00}", text);
    }

    [Fact]
    public async Task A_client_that_asked_for_a_new_name_hears_that_it_is_taken()
    {
        await _whole.PutAsync([New("there", "old")]);
        var append = new ScopedVolume(_whole, new AccessScope { Level = AccessLevel.Append });
        var result = Assert.Single(await append.PutAsync([New("there", "new")], new PutOptions { KeepExisting = true }));
        Assert.IsType<NameTakenException>(result.Error);
        Assert.Equal("old", await TextAsync(_whole, "there"));
    }

    [Fact]
    public async Task Appending_where_a_folder_stands_is_a_taken_name_and_not_a_question_of_rights()
    {
        await _whole.MakeFolderAsync(VolumePath.Parse("there"));
        var append = new ScopedVolume(_whole, new AccessScope { Level = AccessLevel.Append });
        Assert.IsType<NameTakenException>(Assert.Single(await append.PutAsync([New("there", "new")])).Error);
    }

    [Fact]
    public void A_token_that_may_not_set_times_says_so_in_its_traits() =>
        Assert.Equal([false, false, true], new[] { AccessLevel.Read, AccessLevel.Append, AccessLevel.Write }
            .Select(l => new ScopedVolume(new LocalVolume("."), new AccessScope { Level = l }).Traits.SetsTimes));

    private static IEnumerable<(string Verb, Func<IVolume, Task<Exception?>> Attempt)> Verbs()
    {
        yield return ("find", async v => await v.FindAsync(At("a/file")) is null ? new PathNotFoundException(At("a/file"), EntryKind.Any) : null);
        yield return ("list", async v => (await v.ListAsync(At("a"))).Failure);
        yield return ("open", async v => await TextAsync(v, "a/file") == "old" ? null : new IOException("other content"));
        yield return ("put-new", async v => (await v.PutAsync([New("a/new", "new")]))[0].Error);
        yield return ("put-over", async v => (await v.PutAsync([New("a/file", "new")]))[0].Error);
        yield return ("mkdir", async v => await DoAsync(v.MakeFolderAsync(At("b/c"))));
        yield return ("move-file", async v => (await v.MoveAsync([new VolumeMove(At("a/file"), At("moved"))]))[0].Error);
        yield return ("move-over", async v => (await v.MoveAsync([new VolumeMove(At("a/file"), At("other"))], replace: true))[0].Error);
        yield return ("move-folder", async v => (await v.MoveAsync([new VolumeMove(At("a"), At("z"))]))[0].Error);
        yield return ("remove-file", async v => (await v.RemoveAsync([At("a/file")]))[0].Error);
        yield return ("remove-folder", async v => (await v.RemoveAsync([At("empty")]))[0].Error);
        yield return ("copy", async v => await WithAsync<IServerSideCopy>(v, async f => (await f.CopyAsync([((await v.FindAsync(At("a/file")))!, At("other"))]))[0].Error));
        yield return ("touch", async v => await WithAsync<IFileTimes>(v, async f => (await f.SetTimesAsync([((await v.FindAsync(At("a/file")))!, DateTimeOffset.UnixEpoch)]))[0].Error));
    }

    private static async Task<Exception?> WithAsync<TFeature>(IVolume volume, Func<TFeature, Task<Exception?>> use) where TFeature : class =>
        volume.Feature<TFeature>() is { } feature ? await use(feature) : new UnauthorizedAccessException("withheld");

    private static async Task<Exception?> DoAsync(Task work)
    {
        await work;
        return null;
    }

    private static async Task<Exception?> RefusalOfAsync(Func<Task<Exception?>> attempt)
    {
        try
        {
            return await attempt();
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private static async Task<MemoryVolume> FilledAsync()
    {
        var volume = new MemoryVolume();
        await volume.PutAsync([New("a/file", "old"), New("other", "another")]);
        await volume.MakeFolderAsync(At("empty"));
        return volume;
    }

    private static async Task<string> DrawAsync(IVolume volume)
    {
        var lines = new List<string>();
        await foreach (var (_, contents) in volume.WalkAsync(VolumePath.Root))
            lines.AddRange(contents.Entries.Select(e => $"{e.Path} {e.Size} {e.ModTime:O} {e.Id}"));
        return string.Join('\n', lines);
    }

    private static VolumePath At(string path) => VolumePath.Parse(path);

    private static NewFile New(string path, string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        return new NewFile(At(path), bytes.Length, _ => new ValueTask<Stream>(new MemoryStream(bytes, writable: false)));
    }

    private static async Task<string> TextAsync(IVolume volume, string path)
    {
        using var reader = new StreamReader(await volume.OpenAsync(At(path)));
        return await reader.ReadToEndAsync();
    }
}
