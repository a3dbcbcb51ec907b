namespace OneFichier.Drive.Tests;

public sealed class MemoryListingStoreTests : ListingStoreSuite
{
    protected override IListingStore Open() => new MemoryListingStore();
}
