using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Tests.Uploads;

/// <summary>Whole files up, proven, whatever the node answers: each once, none half.</summary>
public sealed class UploadTests
{
    [Fact]
    public async Task Five_hundred_files_go_up_in_one_session()
    {
        await using var stage = await Stage.StartAsync();
        var folder = new FolderId(stage.Control.AddFolder("in"));
        var files = Enumerable.Range(0, 500).Select(i => Pattern.File($"f{i}", 200, i)).ToList();
        var outcomes = await stage.Client.Transfers.UploadAsync(files, new UploadSettings { Folder = folder });
        Assert.All(outcomes, o => Assert.True(o.Proven, o.Error?.ToString()));
        Assert.Equal(files, outcomes.Select(o => o.File));
        Assert.Equal(500, stage.Control.Tree().Files.Count(f => f.FolderId == folder.Value));
        Assert.Equal((1, 1, 1), (stage.Asked("upload/get_upload_server").Count, stage.Asked("upload.cgi").Count, stage.Asked("end.pl").Count));
        Assert.Equal(1, stage.Control.Counters.Api);
    }

    [Fact]
    public async Task Sessions_are_as_few_as_the_limits_allow_and_no_file_waits_behind_a_large_one()
    {
        await using var stage = await Stage.StartAsync();
        var files = Enumerable.Range(0, 12).Select(i => Pattern.File($"f{i}", i == 5 ? 5000 : 100, i)).ToList();
        var batch = new UploadBatchOptions { FilesPerSession = 4, BytesPerSession = 1000, Sessions = 2 };
        var outcomes = await stage.Client.Transfers.UploadAsync(files, new UploadSettings(), batch);
        Assert.All(outcomes, o => Assert.True(o.Proven));
        Assert.Equal(4, stage.Asked("upload.cgi").Count);
        Assert.All(await stage.Client.Transfers.UploadAsync(files, new UploadSettings { Folder = new FolderId(stage.Control.AddFolder("b")) }, batch with { FilesPerSession = 9999, BytesPerSession = long.MaxValue }), o => Assert.True(o.Proven));
    }

    [Fact]
    public async Task What_is_set_on_a_session_is_set_on_its_files()
    {
        await using var stage = await Stage.StartAsync();
        var outcome = Assert.Single(await stage.Client.Transfers.UploadAsync(
            [Pattern.File("it's.txt", 100)], new UploadSettings { Domain = HostingDomain.All[10], DownloadPassword = "secret" }));
        Assert.Equal(("it's.txt", "it＇s.txt", "dl4free.com"), (outcome.Stored!.Name, outcome.Stored.StoredName, outcome.Stored.Link.Domain.Name));
        Assert.Equal(("it＇s.txt", "secret"), stage.Control.Tree().Files.Select(f => (f.Name, f.Password)).Single());
        Assert.Equal(stage.Control.Tree().Files[0].Checksum, outcome.Checksum.ToString());
    }

    public static TheoryData<string, SandboxBehaviours> Reports => new()
    {
        { "wait pages", new() { WaitPages = 4 } },
        { "empty reports", new() { EmptyReports = 4 } },
        { "both", new() { WaitPages = 3, EmptyReports = 3 } },
        { "pages for ever", new() { WaitPages = int.MaxValue } },
        { "nothing for ever", new() { EmptyReports = int.MaxValue - 1 } },
        { "every link twice", new() { DoubledLinks = true } },
        { "another xid", new() { OtherXid = true } },
        { "stored at the report", new() { StoreAtReport = true } },
        { "a lagging listing", new() { ListLag = TimeSpan.FromSeconds(40), WaitPages = int.MaxValue } },
        { "the report inline as a page", new() { InlineReport = InlineReport.Html } },
        { "the report inline as JSON", new() { InlineReport = InlineReport.Json } },
        { "names replaced", new() { NamesInUploads = ReservedCharacters.Keep } },
    };

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task Every_way_to_report_ends_proven_and_stored_once(string way, SandboxBehaviours behaviours)
    {
        await using var stage = await Stage.StartAsync(o => o with { Behaviours = behaviours }, factor: 500);
        var files = Enumerable.Range(0, 3).Select(i => Pattern.File($"f{i}", 500 + i, i)).ToList();
        var outcomes = await stage.Client.Transfers.UploadAsync(files, new UploadSettings());
        Assert.All(outcomes, o => Assert.True(o.Proven, $"{way}: {o.Error}"));
        Assert.Equal(["f0", "f1", "f2"], stage.Control.Tree().Files.Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.Single(stage.Asked("upload.cgi"));
    }

    [Fact]
    public async Task An_accepted_session_that_leaves_no_trace_is_told_and_never_sent_again()
    {
        await using var stage = await Stage.StartAsync(o => o with { Behaviours = new() { WaitPages = int.MaxValue, ListLag = TimeSpan.FromDays(9) } }, factor: 1000);
        var outcome = Assert.Single(await stage.Client.Transfers.UploadAsync([Pattern.File("a", 100)], new UploadSettings()));
        Assert.True(Assert.IsType<FichierUnavailableException>(outcome.Error).MayHaveHappened);
        Assert.Single(stage.Asked("upload.cgi"));
        Assert.Single(stage.Control.Tree().Files);
    }

    [Theory]
    [InlineData(FaultKind.Error)]
    [InlineData(FaultKind.Html)]
    [InlineData(FaultKind.Busy)]
    [InlineData(FaultKind.CutAfter)]
    public async Task An_accepted_session_whose_folder_cannot_be_listed_is_never_sent_again(FaultKind fault)
    {
        await using var stage = await Stage.StartAsync(o => o with { Behaviours = new() { WaitPages = int.MaxValue } }, factor: 1000);
        stage.Control.FailNext(fault, "file/ls", 1000);
        var outcome = Assert.Single(await stage.Client.Transfers.UploadAsync([Pattern.File("a", 100)], new UploadSettings()));
        Assert.True(Assert.IsType<FichierUnavailableException>(outcome.Error).MayHaveHappened);
        Assert.Single(stage.Asked("upload.cgi"));
    }

    [Fact]
    public async Task Without_a_report_the_table_without_checksums_and_the_listing_prove_it()
    {
        var sum = Checksum(Pattern.Bytes(100));
        await using var server = new RawServer(r => (r.Path, r.Header("EXPORT")) switch
        {
            ("/upload.cgi", _) => RawReply.Accepted("abcdefghij"),
            ("/end.pl", "1") => RawReply.Of("200 OK", "Content-Type: text/csv", "a;b.txt;100;zyxwvutsrq;;0;0\n"),
            ("/v1/file/ls.cgi", _) => RawReply.Json($$"""{"status":"OK","items":[{"url":"https://1fichier.com/?zyxwvutsrq","filename":"other name","size":100,"checksum":"{{sum}}"}]}"""),
            _ => RawReply.Html("Please wait"),
        });
        using var client = server.Client();
        var outcome = Assert.Single(await client.Transfers.UploadAsync([Pattern.File("a;b.txt", 100)], new UploadSettings()));
        Assert.True(outcome.Proven, outcome.Error?.ToString());
        Assert.Equal("zyxwvutsrq", outcome.Stored!.Link.Id);
    }

    [Fact]
    public async Task A_report_with_other_names_and_more_links_is_understood_by_checksums()
    {
        var (one, two) = (Checksum(Pattern.Bytes(100, 1)), Checksum(Pattern.Bytes(100, 2)));
        await using var server = new RawServer(r => r.Path == "/upload.cgi" ? RawReply.Accepted("abcdefghij") : RawReply.Json($$"""
            {"incoming":0,"links":[
              {"download":"https://1fichier.com/?bbbbbbbbbb","filename":"x","remove":"","size":"100","whirlpool":"{{two}}"},
              {"download":"https://1fichier.com/?aaaaaaaaaa","filename":"y","remove":"","size":"100","whirlpool":"{{one}}"},
              {"download":"https://1fichier.com/?cccccccccc","filename":"y","remove":"","size":"100","whirlpool":"{{one}}"}]}
            """));
        using var client = server.Client();
        var outcomes = await client.Transfers.UploadAsync([Pattern.File("one", 100, 1), Pattern.File("two", 100, 2)], new UploadSettings());
        Assert.Equal(["aaaaaaaaaa", "bbbbbbbbbb"], outcomes.Select(o => o.Stored!.Link.Id));
    }

    [Fact]
    public async Task A_file_stored_corrupt_is_removed_and_sent_again_alone()
    {
        var (good, bad) = (Checksum(Pattern.Bytes(100, 1)), Checksum(Pattern.Bytes(100, 9)));
        var removed = new List<string>();
        await using var server = new RawServer(r =>
        {
            if (r.Path == "/v1/file/rm.cgi")
                removed.Add(r.Text);
            var second = removed.Count > 0;
            return r.Path switch
            {
                "/upload.cgi" => RawReply.Accepted(second ? "second0000" : "first00000"),
                "/end.pl" when second => RawReply.Json($$"""{"links":[{"download":"https://1fichier.com/?cccccccccc","filename":"b","size":"100","whirlpool":"{{Checksum(Pattern.Bytes(100, 2))}}"}]}"""),
                "/end.pl" => RawReply.Json($$"""{"links":[{"download":"https://1fichier.com/?aaaaaaaaaa","filename":"a","size":"100","whirlpool":"{{good}}"},{"download":"https://1fichier.com/?bbbbbbbbbb","filename":"b","size":"100","whirlpool":"{{bad}}"}]}"""),
                _ => RawReply.Json("""{"status":"OK","removed":1}"""),
            };
        });
        using var client = server.Client();
        var outcomes = await client.Transfers.UploadAsync([Pattern.File("a", 100, 1), Pattern.File("b", 100, 2)], new UploadSettings());
        Assert.All(outcomes, o => Assert.True(o.Proven, o.Error?.ToString()));
        Assert.Contains("bbbbbbbbbb", Assert.Single(removed));
        Assert.Contains("filename=\"a\"", server.Requests.First(r => r.Path == "/upload.cgi").Text);
        Assert.DoesNotContain("filename=\"a\"", server.Requests.Last(r => r.Path == "/upload.cgi").Text);
    }

    [Fact]
    public async Task One_file_from_disk_comes_back_as_what_is_stored_or_as_the_exception()
    {
        await using var stage = await Stage.StartAsync();
        var path = stage.Folder.Write("a.bin", Pattern.Bytes(5000));
        Assert.Equal(5000, (await stage.Client.Transfers.UploadAsync(path)).Size);
        stage.Control.ForbidUploads(true);
        await Assert.ThrowsAsync<FichierRejectedException>(() => stage.Client.Transfers.UploadAsync(path));
        await Assert.ThrowsAsync<FileNotFoundException>(() => stage.Client.Transfers.UploadAsync(stage.Folder["none"]));
    }

    private static string Checksum(byte[] content)
    {
        using var hash = new OneFichier.Hashing.Whirlpool();
        hash.AppendData(content);
        return hash.GetHashAndReset().ToString();
    }
}
