using OneFichier.Cli.Tests.Backup;
using OneFichier.Cli.Tests.Migration;
using OneFichier.Cli.Tests.Trees;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(OneFichier.Cli.Tests.LongestFirst))]

namespace OneFichier.Cli.Tests;

/// <summary>Begins with the classes that take longest, so that none of them is left alone at the end while the other processors idle.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly Type[] s_long =
    [
        typeof(MigrationKilledTests), typeof(SyncKilledTests), typeof(TwoMachinesTests), typeof(SmallFilesTests), typeof(ClusterTests),
        typeof(BackupTests), typeof(BackupSecrecyTests), typeof(BackupMisfortuneTests), typeof(CopyTests), typeof(JobTests), typeof(ClusterJobTests), typeof(MigrateTests), typeof(UsageTests),
    ];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(Place)];

    private static int Place<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var place = Array.FindIndex(s_long, type => collection.TestCollectionDisplayName.Contains(type.FullName!, StringComparison.Ordinal));
        return place < 0 ? s_long.Length : place;
    }
}
