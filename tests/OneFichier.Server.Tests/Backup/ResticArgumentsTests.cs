using OneFichier.Server.Backup;

namespace OneFichier.Server.Tests.Backup;

public sealed class ResticArgumentsTests
{
    private static readonly BackupPlan Plan = new() { Sources = ["/home", "-odd"], Host = "laptop", SkipsTotals = true };

    [Fact]
    public void A_source_is_never_taken_for_a_flag() => Assert.Equal(["--", "/home", "-odd"], ResticArguments.Backup(Plan, ResticVersion.Least).TakeLast(3));

    [Fact]
    public void Walking_the_sources_twice_is_left_out_where_restic_can_and_nobody_looks()
    {
        Assert.DoesNotContain("--no-scan", ResticArguments.Backup(Plan, new ResticVersion(0, 14, 0)));
        Assert.Contains("--no-scan", ResticArguments.Backup(Plan, new ResticVersion(0, 15, 0)));
        Assert.DoesNotContain("--no-scan", ResticArguments.Backup(Plan with { SkipsTotals = false }, new ResticVersion(1, 0, 0)));
    }

    [Fact]
    public void What_is_left_out_and_how_much_goes_together_is_said()
    {
        var arguments = ResticArguments.Backup(Plan with { Excludes = ["*.iso"], ExcludeFiles = ["/e"], ExcludeCaches = true, OneFileSystem = true, Tags = ["t"], PackSize = 128, Connections = 2 }, ResticVersion.Least);
        Assert.Superset(new HashSet<string>(["--exclude=*.iso", "--exclude-file=/e", "--exclude-caches", "--one-file-system", "--tag=t", "128", "rest.connections=2"]), arguments.ToHashSet());
    }

    [Fact]
    public void A_pattern_for_one_path_matches_nothing_else() => Assert.Equal(@"/a/\[b]x\*\?\\", ResticArguments.Exactly(@"/a/[b]x*?\"));

    [Fact]
    public void What_is_kept_is_said_as_restic_says_it()
    {
        var keep = new Retention { Daily = 7, Weekly = 0, Within = "14d", Tags = ["keep"] };
        Assert.Equal(["--keep-daily=7", "--keep-within=14d", "--keep-tag=keep"], keep.Arguments());
        Assert.True(new Retention { Last = 0 }.KeepsNothing());
    }

    [Fact]
    public void Letting_go_of_named_snapshots_knows_no_machine()
    {
        Assert.Contains("--host", ResticArguments.Forget(new ForgetRequest(new Retention { Last = 1 }, []) { Host = "laptop" }));
        Assert.DoesNotContain("--host", ResticArguments.Forget(new ForgetRequest(new Retention(), ["aa"]) { Host = "laptop" }));
    }

    [Theory]
    [InlineData("restic 0.14.0 compiled with go1.19.8 on linux/amd64", "0.14.0", true)]
    [InlineData("restic 0.17.3-dev (compiled manually)", "0.17.3", true)]
    [InlineData("restic 1.0 compiled", "1.0.0", true)]
    [InlineData("restic 0.9.6 compiled with go1.15", "0.9.6", false)]
    public void The_version_is_read_from_what_restic_says(string answer, string version, bool enough)
    {
        var read = ResticVersion.Parse(answer)!.Value;
        Assert.Equal((version, enough), (read.ToString(), read.IsEnough));
    }

    [Fact]
    public void Another_program_has_no_version() => Assert.Null(ResticVersion.Parse("rclone v1.60.1"));

    [Fact]
    public void The_environment_of_restic_holds_what_it_needs_and_nothing_of_others()
    {
        var environment = new Dictionary<string, string?> { ["RESTIC_PASSWORD_FILE"] = "/other", ["RESTIC_REPOSITORY_FILE"] = "/other", ["FICHIER_API_KEY"] = "key", ["PATH"] = "/bin" };
        var access = new ResticAccess("rest:http://u:secret@127.0.0.1:1/", "password", "/cache") { Mark = "m" };
        access.Apply(environment);
        Assert.Equal(["FICHIER_BACKUP_RUN", "PATH", "RESTIC_CACHE_DIR", "RESTIC_PASSWORD", "RESTIC_PROGRESS_FPS", "RESTIC_REPOSITORY"], environment.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("secret", access.ToString());
    }
}
