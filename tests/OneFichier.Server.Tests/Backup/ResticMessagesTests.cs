using OneFichier.Server.Backup;

namespace OneFichier.Server.Tests.Backup;

public sealed class ResticMessagesTests
{
    [Fact]
    public void A_status_becomes_progress() => Assert.Equal(
        new BackupProgress(1, 2, 2623224, 3000003),
        ResticMessages.Read("""{"message_type":"status","percent_done":0.87,"total_files":2,"files_done":1,"total_bytes":3000003,"bytes_done":2623224,"current_files":["/src/b"]}"""));

    [Fact]
    public void A_status_of_a_restore_becomes_progress_too() => Assert.Equal(
        new BackupProgress(3, 4, 10, 20),
        ResticMessages.Read("""{"message_type":"status","seconds_elapsed":1,"percent_done":0.5,"total_files":4,"files_restored":3,"total_bytes":20,"bytes_restored":10}"""));

    [Theory]
    [InlineData("""{"message_type":"error","error":{"Op":"open","Path":"/s/a","Err":13},"during":"archival","item":"/s/a"}""", "Permission denied")]
    [InlineData("""{"message_type":"error","error":{"message":"open /s/a: permission denied"},"during":"archival","item":"/s/a"}""", "open /s/a: permission denied")]
    [InlineData("""{"message_type":"error","error":{"Op":"read","Path":"/s/a"},"during":"archival"}""", "it could not be read")]
    public void An_error_of_any_release_names_the_file_and_the_reason(string line, string reason)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows words its errors in its own way");
        Assert.Equal(new BackupItemFailed("/s/a", reason), ResticMessages.Read(line));
    }

    [Fact]
    public void A_summary_says_what_was_done() => Assert.Equal(
        new BackupSummary { Snapshot = "c35594a6", FilesAdded = 2, FilesChanged = 1, FilesUnmodified = 7, Files = 10, Bytes = 3000003, BytesAdded = 3001470 },
        ResticMessages.Read("""{"message_type":"summary","files_new":2,"files_changed":1,"files_unmodified":7,"dirs_new":2,"data_blobs":3,"tree_blobs":3,"data_added":3001470,"total_files_processed":10,"total_bytes_processed":3000003,"total_duration":0.33,"snapshot_id":"c35594a6"}"""));

    [Theory]
    [InlineData("")]
    [InlineData("repository 1a2b opened successfully")]
    [InlineData("{")]
    [InlineData("[1,2]")]
    [InlineData("null")]
    [InlineData("""{"message_type":"status","total_files":"many"}""")]
    [InlineData("""{"message_type":"verbose_status","action":"new"}""")]
    [InlineData("""{"message_type":"error"}""")]
    public void What_it_does_not_know_is_passed_over(string line) => Assert.Null(ResticMessages.Read(line));

    [Fact]
    public void Snapshots_are_in_the_order_of_their_times()
    {
        var snapshots = ResticMessages.ReadSnapshots(
            """[{"time":"2026-11-30T23:03:23.934359014Z","tree":"38","paths":["/b"],"hostname":"h","username":"root","tags":["t"],"id":"bb","short_id":"bb"},{"time":"2026-11-30T23:03:22+01:00","paths":["/a"],"hostname":"g","id":"aa"}]""");
        Assert.Equal(["aa", "bb"], snapshots.Select(s => s.Id));
        Assert.Equal(("h", "/b", "t"), (snapshots[1].Host, snapshots[1].Paths.Single(), snapshots[1].Tags.Single()));
    }

    [Fact]
    public void No_snapshots_are_a_list_and_anything_else_an_error()
    {
        Assert.Empty(ResticMessages.ReadSnapshots("[]"));
        Assert.Throws<FichierProtocolException>(() => ResticMessages.ReadSnapshots("Fatal: no"));
        Assert.Throws<FichierProtocolException>(() => ResticMessages.ReadSnapshots("null"));
    }

    [Fact]
    public void Of_a_listing_only_files_count()
    {
        Assert.Null(ResticMessages.ReadFile("""{"time":"2026-11-30T23:03:23Z","paths":["/x"],"id":"c3","struct_type":"snapshot"}"""));
        Assert.Null(ResticMessages.ReadFile("""{"name":"src","type":"dir","path":"/src","struct_type":"node"}"""));
        Assert.Null(ResticMessages.ReadFile("""{"name":"l","type":"symlink","path":"/l","struct_type":"node"}"""));
        var file = ResticMessages.ReadFile("""{"name":"f","type":"file","path":"/src/a/f","uid":0,"size":3,"mtime":"2026-11-30T23:03:23.762298157Z","struct_type":"node"}""");
        Assert.Equal(("/src/a/f", 3, 7622981), (file!.Path, file.Size, file.ModTime.Ticks % TimeSpan.TicksPerSecond));
    }

    [Fact]
    public void What_is_let_go_of_is_read_from_every_group()
    {
        var gone = ResticMessages.ReadForgotten("""[{"tags":null,"host":"h","keep":[{"id":"aa"}],"remove":[{"time":"2026-11-30T23:03:23Z","id":"bb"}]},{"host":"g","remove":null},{"remove":[{"id":"cc"}]}]""");
        Assert.Equal(["bb", "cc"], gone.Select(s => s.Id));
        Assert.Empty(ResticMessages.ReadForgotten("counting files in repo"));
    }
}
