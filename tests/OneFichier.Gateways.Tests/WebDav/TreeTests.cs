using System.Net;
using OneFichier.Drive;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.WebDav;

/// <summary>MKCOL, DELETE, COPY and MOVE.</summary>
public sealed class TreeTests
{
    [Fact]
    public async Task Mkcol_makes_one_folder_where_there_is_room_for_it()
    {
        await using var stage = await TreeAsync();
        Assert.Equal(HttpStatusCode.Created, await stage.StatusAsync("MKCOL", "new/"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await stage.StatusAsync("MKCOL", "new"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await stage.StatusAsync("MKCOL", "a/one.txt"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await stage.StatusAsync("MKCOL", ""));
        Assert.Equal(HttpStatusCode.Conflict, await stage.StatusAsync("MKCOL", "none/new"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await stage.StatusAsync("MKCOL", "body", "<x/>"));
        Assert.Null(await stage.Volume.FindAsync(VolumePath.Parse("body")));
    }

    [Fact]
    public async Task Delete_takes_a_folder_with_all_in_it()
    {
        await using var stage = await TreeAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await stage.StatusAsync("DELETE", "a/", null, ("Depth", "0")));
        Assert.Equal(HttpStatusCode.NoContent, await stage.StatusAsync("DELETE", "a/"));
        Assert.Equal(HttpStatusCode.NotFound, await stage.StatusAsync("DELETE", "a/"));
        Assert.Null(await stage.Volume.FindAsync(VolumePath.Parse("a")));
    }

    [Fact]
    public async Task What_of_a_folder_cannot_be_deleted_is_named_and_the_folders_above_it_are_not()
    {
        await using var stage = await DavStage.StartAsync(new Guarded(new MemoryVolume(), "a/deep/two.txt"));
        await FillAsync(stage);
        var (status, body) = await stage.XmlAsync("DELETE", "a/");

        Assert.Equal(HttpStatusCode.MultiStatus, status);
        Assert.Equal(["/a/deep/two.txt"], body.Descendants(DavXmlNames.Href).Select(h => h.Value));
        Assert.Contains("403", body.Descendants(DavXmlNames.Status).Single().Value, StringComparison.Ordinal);
        Assert.Null(await stage.ReadAsync("a/one.txt"));
        Assert.Equal("two", await stage.ReadAsync("a/deep/two.txt"));
    }

    [Theory]
    [InlineData("COPY")]
    [InlineData("MOVE")]
    public async Task A_tree_arrives_whole(string method)
    {
        await using var stage = await TreeAsync();
        Assert.Equal(HttpStatusCode.Created, await stage.StatusAsync(method, "a/", null, ("Destination", $"{stage.Url}b%20%26c/")));

        Assert.Equal("one", await stage.ReadAsync("b &c/one.txt"));
        Assert.Equal("two", await stage.ReadAsync("b &c/deep/two.txt"));
        Assert.Equal(method == "COPY" ? "one" : null, await stage.ReadAsync("a/one.txt"));
    }

    [Theory]
    [InlineData("COPY")]
    [InlineData("MOVE")]
    public async Task What_is_in_the_way_goes_only_where_it_may(string method)
    {
        await using var stage = await TreeAsync();
        await stage.PutAsync("b/other.txt", "other");

        Assert.Equal(HttpStatusCode.PreconditionFailed, await stage.StatusAsync(method, "a/", null, ("Destination", "/b"), ("Overwrite", "F")));
        Assert.Equal("other", await stage.ReadAsync("b/other.txt"));
        Assert.Equal(HttpStatusCode.NoContent, await stage.StatusAsync(method, "a/", null, ("Destination", "/b"), ("Overwrite", "T")));
        Assert.Null(await stage.ReadAsync("b/other.txt"));
        Assert.Equal("two", await stage.ReadAsync("b/deep/two.txt"));
        Assert.Equal(HttpStatusCode.NoContent, await stage.StatusAsync(method, "b/one.txt", null, ("Destination", "/b/deep/two.txt")));
        Assert.Equal("one", await stage.ReadAsync("b/deep/two.txt"));
    }

    [Theory]
    [InlineData("COPY", "/a", 403)]
    [InlineData("MOVE", "/a/", 403)]
    [InlineData("MOVE", "/", 403)]
    [InlineData("COPY", "/a/deep/inner", 409)]
    [InlineData("MOVE", "/a/deep/inner", 409)]
    [InlineData("MOVE", "/none/b", 409)]
    [InlineData("COPY", "http://example.com/b", 502)]
    [InlineData("MOVE", "http://example.com:81/b", 502)]
    [InlineData("MOVE", "ftp://example.com/b", 502)]
    [InlineData("MOVE", "/../b", 400)]
    [InlineData("MOVE", "/%2e%2e/b", 400)]
    [InlineData("MOVE", "/a%2fb", 400)]
    [InlineData("MOVE", "/b?x", 400)]
    [InlineData("MOVE", "/b#x", 400)]
    [InlineData("MOVE", "/%zz", 400)]
    [InlineData("MOVE", "/%c0%ae%c0%ae/b", 400)]
    public async Task Destinations_that_make_no_sense_are_refused_and_change_nothing(string method, string destination, int status)
    {
        await using var stage = await TreeAsync();
        Assert.Equal(status, (int)await stage.StatusAsync(method, "a/", null, ("Destination", destination)));
        Assert.Equal("one", await stage.ReadAsync("a/one.txt"));
        Assert.Equal("two", await stage.ReadAsync("a/deep/two.txt"));
        Assert.Single((await stage.Volume.ListAsync(VolumePath.Root)).Entries);
    }

    [Fact]
    public async Task Nothing_goes_into_the_place_of_what_it_lies_in()
    {
        await using var stage = await TreeAsync();
        Assert.Equal(HttpStatusCode.Conflict, await stage.StatusAsync("MOVE", "a/deep", null, ("Destination", "/a")));
        Assert.Equal("two", await stage.ReadAsync("a/deep/two.txt"));
    }

    [Theory]
    [InlineData("Destination", null, "MOVE")]
    [InlineData("Depth", "1", "COPY")]
    [InlineData("Depth", "0", "MOVE")]
    [InlineData("Depth", "minus", "COPY")]
    [InlineData("Overwrite", "perhaps", "COPY")]
    public async Task Headers_that_make_no_sense_are_bad_requests(string name, string? value, string method)
    {
        await using var stage = await TreeAsync();
        await stage.PutAsync("b", "there");
        (string, string)[] headers = [.. name == "Destination" ? [] : new[] { ("Destination", "/b") }, .. value is null ? [] : new[] { (name, value) }];
        Assert.Equal(HttpStatusCode.BadRequest, await stage.StatusAsync(method, "a/", null, headers));
        Assert.Equal("there", await stage.ReadAsync("b"));
    }

    [Fact]
    public async Task A_folder_is_copied_alone_with_depth_zero()
    {
        await using var stage = await TreeAsync();
        Assert.Equal(HttpStatusCode.Created, await stage.StatusAsync("COPY", "a/", null, ("Destination", "/b/"), ("Depth", "0")));
        Assert.Empty((await stage.Volume.ListAsync(VolumePath.Parse("b"))).Entries);
    }

    [Fact]
    public async Task Files_are_copied_by_reading_where_the_volume_cannot_do_it()
    {
        await using var stage = await DavStage.StartAsync(new Plain(new MemoryVolume()));
        await FillAsync(stage);
        Assert.Equal(HttpStatusCode.Created, await stage.StatusAsync("COPY", "a/", null, ("Destination", "/b/")));
        Assert.Equal("two", await stage.ReadAsync("b/deep/two.txt"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_copied_is_named_and_leaves_the_rest_alone()
    {
        await using var stage = await DavStage.StartAsync(new FaultyVolume(new Plain(new MemoryVolume()), new VolumeFault(VolumeCall.Open, FaultMoment.Halfway)));
        await FillAsync(stage);
        var (status, body) = await stage.XmlAsync("COPY", "a/", null, ("Destination", "/b/"));
        Assert.Equal(HttpStatusCode.MultiStatus, status);
        Assert.Equal(["/a/one.txt"], body.Descendants(DavXmlNames.Href).Select(h => h.Value));
        Assert.Equal((null, "two"), (await stage.ReadAsync("b/one.txt"), await stage.ReadAsync("b/deep/two.txt")));
    }

    [Fact]
    public async Task A_file_that_became_another_since_it_was_listed_is_looked_at_again()
    {
        await using var stage = await DavStage.StartAsync(new Aged(new MemoryVolume()));
        await FillAsync(stage);
        Assert.Equal(HttpStatusCode.Created, await stage.StatusAsync("COPY", "a/", null, ("Destination", "/b/")));
        Assert.Equal(("one", "two"), (await stage.ReadAsync("b/one.txt"), await stage.ReadAsync("b/deep/two.txt")));
    }

    [Fact]
    public async Task A_listing_that_fails_is_an_error_for_every_method_that_needs_it()
    {
        foreach (var (method, header) in new[] { ("PROPFIND", ("Depth", "1")), ("DELETE", ("Depth", "infinity")), ("GET", ("Accept", "*/*")) })
        {
            await using var stage = await DavStage.StartAsync(new FaultyVolume(new MemoryVolume(), new VolumeFault(VolumeCall.List, FaultMoment.Before)));
            await FillAsync(stage);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await stage.StatusAsync(method, "a/", null, header));
            Assert.Equal("one", await stage.ReadAsync("a/one.txt"));
        }
    }

    private static async Task<DavStage> TreeAsync()
    {
        var stage = await DavStage.StartAsync();
        await FillAsync(stage);
        return stage;
    }

    private static async Task FillAsync(DavStage stage)
    {
        await stage.PutAsync("a/one.txt", "one");
        await stage.PutAsync("a/deep/two.txt", "two");
    }

    /// <summary>A volume without any ability besides.</summary>
    private sealed class Plain(IVolume inner) : VolumeDecorator(inner)
    {
        public override TFeature? Feature<TFeature>() where TFeature : class => null;
    }

    /// <summary>A volume whose listings tell of files as they were a moment ago, under numbers that mean nothing any more.</summary>
    private sealed class Aged(IVolume inner) : VolumeDecorator(inner), IServerSideCopy
    {
        public override async Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default)
        {
            var contents = await Inner.ListAsync(folder, cancellationToken);
            return contents with { Entries = [.. contents.Entries.Select(e => e with { Id = "gone" })] };
        }

        public bool CanCopy(Entry entry) => true;

        public Task<IReadOnlyList<ItemResult>> CopyAsync(IReadOnlyList<(Entry Source, VolumePath Target)> copies, CancellationToken cancellationToken = default) =>
            Inner.Feature<IServerSideCopy>()!.CopyAsync(copies, cancellationToken);
    }

    /// <summary>A volume in which one file may not be removed.</summary>
    private sealed class Guarded(IVolume inner, string kept) : VolumeDecorator(inner)
    {
        public override async Task<IReadOnlyList<ItemResult>> RemoveAsync(IReadOnlyList<VolumePath> paths, CancellationToken cancellationToken = default)
        {
            var results = new List<ItemResult>();
            foreach (var path in paths)
            {
                results.Add(path.ToString() == kept
                    ? new ItemResult(path) { Error = new UnauthorizedAccessException("It is guarded.") }
                    : (await Inner.RemoveAsync([path], cancellationToken))[0]);
            }

            return results;
        }
    }
}
