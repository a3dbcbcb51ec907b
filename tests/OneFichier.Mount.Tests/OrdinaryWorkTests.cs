namespace OneFichier.Mount.Tests;

public sealed class OrdinaryWorkTests
{
    [Fact]
    public async Task A_file_is_written_read_appended_cut_and_removed()
    {
        await using var mounted = await Mounted.EmptyAsync();
        await mounted.RunAsync("""
            echo hello > a.txt; [ "$(cat a.txt)" = hello ]
            echo more >> a.txt; [ "$(wc -c < a.txt)" = 11 ]
            truncate -s 5 a.txt; [ "$(cat a.txt)" = hello ]
            truncate -s 8 a.txt; [ "$(od -An -tx1 a.txt | tr -d ' ')" = 68656c6c6f000000 ]
            mkdir d; mv a.txt d/b.txt; [ -e d/b.txt ] && [ ! -e a.txt ]
            rm d/b.txt; rmdir d; [ -z "$(ls -A)" ]
            """);
    }
}
