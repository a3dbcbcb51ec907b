namespace OneFichier.Mount.Tests;

/// <summary>What people do on a disk, done by the programs they do it with.</summary>
public abstract class OrdinaryWork
{
    private const string Tree = """
        mkdir -p "$work/tree/src/deep/er" "$work/tree/empty"
        for n in $(seq 1 40); do head -c $((n * 997)) /dev/urandom > "$work/tree/src/f$n.bin"; done
        : > "$work/tree/nothing"; echo 'int main(void) { return 0; }' > "$work/tree/src/deep/er/main.c"
        printf '#!/bin/sh\necho it runs\n' > "$work/tree/configure"; chmod 755 "$work/tree/configure"
        echo 'ünï çödé' > "$work/tree/näme with spaces"
        touch -d '2001-02-03 04:05:06.1234567' "$work/tree/src/f1.bin"

        """;

    [Fact]
    public async Task A_file_is_written_read_appended_cut_and_removed()
    {
        await using var mounted = await MountAsync();
        await mounted.RunAsync("""
            echo hello > a.txt; [ "$(cat a.txt)" = hello ]
            echo more >> a.txt; [ "$(wc -c < a.txt)" = 11 ]
            truncate -s 5 a.txt; [ "$(cat a.txt)" = hello ]
            truncate -s 8 a.txt; [ "$(od -An -tx1 a.txt | tr -d ' ')" = 68656c6c6f000000 ]
            mkdir d; mv a.txt d/b.txt; [ -e d/b.txt ] && [ ! -e a.txt ]
            rm d/b.txt; rmdir d; [ -z "$(ls -A)" ]
            """);
    }

    [Fact]
    public async Task A_tree_is_copied_compared_run_and_removed()
    {
        await using var mounted = await MountAsync();
        await mounted.RunAsync(Tree + """
            cp -r "$work/tree" tree; diff -r "$work/tree" tree
            [ "$(./tree/configure)" = 'it runs' ]
            cp -a "$work/tree" again; diff -r again "$work/tree"
            [ "$(stat -c '%.7Y %a' again/src/f1.bin)" = "$(stat -c '%.7Y %a' "$work/tree/src/f1.bin")" ]
            rm -rf tree again; [ -z "$(ls -A)" ]
            """);
    }

    [Fact]
    public async Task The_second_rsync_finds_nothing_to_do()
    {
        await using var mounted = await MountAsync();
        var second = await mounted.RunAsync(Tree + """
            command -v rsync > /dev/null || { echo skipped; exit 0; }
            rsync -a "$work/tree/" copy/; diff -r "$work/tree" copy
            rsync -ai "$work/tree/" copy/
            """);
        Assert.SkipWhen(second.StartsWith("skipped", StringComparison.Ordinal), "rsync is not installed");
        Assert.Equal("", second);
    }

    [Fact]
    public async Task Archives_are_made_and_taken_apart()
    {
        await using var mounted = await MountAsync();
        await mounted.RunAsync(Tree + """
            tar -C "$work" -cf t.tar tree; tar -xpf t.tar; diff -r tree "$work/tree"
            tar -df t.tar
            tar -czf "$work/u.tgz" tree; mkdir u; tar -C u -xzf "$work/u.tgz"; diff -r u/tree "$work/tree"
            """);
    }

    [Fact]
    public async Task Git_works_whole()
    {
        await using var mounted = await MountAsync();
        await mounted.RunAsync(Tree + """
            git config --global user.email a@example.com; git config --global user.name A; git config --global init.defaultBranch main
            cp -r "$work/tree" repo; cd repo; git init -q; git add -A; git commit -qm one
            [ -z "$(git status --porcelain)" ]
            for n in 1 2 3 4 5; do echo $n >> src/deep/er/main.c; git commit -qam "step $n"; done
            git checkout -qb side HEAD~3; git checkout -q main; git gc -q; git fsck --strict
            cd ..; git clone -q repo clone; diff -r -x .git -x empty repo clone; git -C clone log --oneline | wc -l | grep -qx 6
            git -C repo stash list; echo x > repo/nothing; git -C repo stash -q; [ ! -s repo/nothing ]; git -C repo stash pop -q; [ -s repo/nothing ]
            """);
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("wal")]
    public async Task Databases_keep_their_locks_and_their_rows(string journal)
    {
        await using var mounted = await MountAsync();
        var output = await mounted.RunAsync($"""
            command -v sqlite3 > /dev/null || {"{"} echo skipped; exit 0; {"}"}
            sqlite3 a.db 'pragma journal_mode={journal}; create table t (n integer primary key, v text);' > /dev/null
            for n in 1 2 3; do sqlite3 -cmd '.timeout 60000' a.db "begin immediate; with recursive c(x) as (select 1 union all select x+1 from c where x<200) insert into t(v) select 'row '||x from c; commit;" & done; wait
            [ "$(sqlite3 a.db 'select count(*) from t')" = 600 ]; [ "$(sqlite3 a.db 'pragma integrity_check')" = ok ]
            echo "touch '$work/held'; until [ -e '$work/enough' ]; do sleep 0.1; done" > "$work/hold"
            ( sqlite3 a.db 'begin exclusive; select 1;' ".shell sh $work/hold" 'commit;' > /dev/null & ); until [ -e "$work/held" ]; do sleep 0.1; done
            ! sqlite3 a.db 'begin immediate;' 2> "$work/err"; touch "$work/enough"; grep -q locked "$work/err"
            """);
        Assert.SkipWhen(output.StartsWith("skipped", StringComparison.Ordinal), "sqlite3 is not installed");
    }

    [Fact]
    public async Task Editors_write_aside_and_rename_over()
    {
        await using var mounted = await MountAsync();
        await mounted.RunAsync("""
            echo one > a; exec 3< a
            echo two > a.tmp; mv a.tmp a; [ "$(cat a)" = two ]; [ "$(cat <&3)" = one ]
            sed -i s/two/three/ a; [ "$(cat a)" = three ]
            cp a a~; echo four > a; [ "$(cat a~ a | tr -d '\n')" = threefour ]
            if command -v vim > /dev/null; then vim -es -u NONE -c 'set backup writebackup' -c '%s/four/five/' -c 'wq' a < /dev/null; [ "$(cat a)" = five ]; fi
            set -o noclobber; ! { echo six > a; } 2> /dev/null; [ ! -e a.tmp ]
            """);
    }

    [Fact]
    public async Task Sparse_places_read_as_zeros()
    {
        await using var mounted = await MountAsync();
        await mounted.RunAsync("""
            printf end | dd of=s bs=1 seek=3000000 conv=notrunc status=none; [ "$(stat -c %s s)" = 3000003 ]
            [ "$(head -c 3000000 s | tr -d '\0' | wc -c)" = 0 ]; [ "$(tail -c 3 s)" = end ]
            printf mid | dd of=s bs=1 seek=1000000 conv=notrunc status=none; [ "$(dd if=s bs=1 skip=999999 count=5 status=none | tr '\0' .)" = .mid. ]
            cp --sparse=always s t; cmp s t; fallocate -l 4000000 t; [ "$(stat -c %s t)" = 4000000 ]; ! fallocate -p -l 4096 t 2> /dev/null
            """);
    }

    [Fact]
    public async Task Names_are_found_read_and_moved_by_many_at_once()
    {
        await using var mounted = await MountAsync();
        await mounted.RunAsync("""
            head -c 20000000 /dev/urandom > "$work/big"; cp "$work/big" big
            for n in $(seq 1 12); do ( cmp big "$work/big" && tail -c +$((n * 1000003)) big | cmp - <(tail -c +$((n * 1000003)) "$work/big") || echo bad ) & done > "$work/out"; wait; [ ! -s "$work/out" ] || { cat "$work/out"; exit 1; }
            for w in 1 2 3 4; do ( mkdir w$w; for n in $(seq 1 50); do echo $w.$n > w$w/$n; mv w$w/$n w$w/m$n; done ) & done; wait
            [ "$(cat w*/m* | wc -l)" = 200 ] || { ls -l w*; exit 1; }; rm -rf w*; [ "$(ls)" = big ] || { ls -lR; exit 1; }
            """);
    }

    [Fact]
    public async Task Open_files_outlive_their_names_and_follow_their_folders()
    {
        await using var mounted = await MountAsync();
        await mounted.RunAsync("""
            echo one > gone; exec 3<> gone; cat <&3 > /dev/null; rm gone; [ ! -e gone ]
            echo two >&3; [ "$(cat /dev/fd/3 | tr '\n' .)" = one.two. ]; : > /dev/fd/3; [ "$(cat /dev/fd/3)" = "" ]; echo two >&3; [ "$(stat -L -c '%s %h' /dev/fd/3)" = '12 0' ]; exec 3>&-
            mkdir -p a/b/c; exec 4> a/b/c/f; echo first >&4; mv a x; echo second >&4; [ "$(cat x/b/c/f | tr '\n' .)" = first.second. ]
            mv x/b y; echo third >&4; exec 4>&-; [ "$(wc -l < y/c/f)" = 3 ]; [ ! -e a ] && [ ! -e x/b ]
            cd y/c; mv ../../y ../../z; [ "$(cat f | wc -l)" = 3 ]; echo more > g; cd ../..; [ "$(cat z/c/g)" = more ]
            mkdir old; exec 5> old/f; mv old new; echo late >&5; exec 5>&-; [ "$(cat new/f)" = late ]
            """);
    }

    [Fact]
    public async Task Times_permissions_and_owners_are_kept()
    {
        await using var mounted = await MountAsync();
        await mounted.RunAsync("""
            echo a > f; touch -d '1999-12-31 23:59:59.5' f; [ "$(stat -c %.1Y f)" = "$(date -d '1999-12-31 23:59:59.5' +%s.%N | cut -c1-11)" ]
            touch -d '1960-01-01 00:00:00.25 UTC' f; [ "$(stat -c %Y f)" = -315619200 ]
            before=$(date +%s); touch f; [ "$(stat -c %Y f)" -ge $before ]
            touch -r /etc/passwd f; cp -p f g; [ "$(stat -c %Y g)" = "$(stat -c %Y /etc/passwd)" ]; mv g h; [ "$(stat -c %Y h)" = "$(stat -c %Y /etc/passwd)" ]
            chmod 640 f; [ "$(stat -c %a f)" = 640 ]; mv f k; [ "$(stat -c %a k)" = 640 ]; chmod u+x k; [ -x k ]
            mkdir -m 700 d; [ "$(stat -c %a d)" = 700 ]; touch -d '2010-01-01 UTC' d; [ "$(stat -c %Y d)" = 1262304000 ]
            umask 077; echo s > secret; [ "$(stat -c %a secret)" = 600 ]
            if [ "$(id -u)" = 0 ]; then chown 12:34 k; [ "$(stat -c %u:%g k)" = 12:34 ]; fi
            """);
    }

    [Fact]
    public async Task What_is_not_possible_is_refused_with_the_error_it_deserves()
    {
        await using var mounted = await MountAsync();
        await mounted.RunAsync("""
            refused() { local want=$1; shift; if "$@" 2> "$work/err"; then echo "done: $*"; exit 1; fi; grep -q "$want" "$work/err" || { cat "$work/err"; exit 1; }; }
            mkdir d; echo x > d/f; echo y > g
            refused 'No such file' cat nothing; refused 'No such file' cat no/where; refused 'Not a directory' cat g/x
            refused 'Is a directory' cat d; refused 'not empty' rmdir d; refused 'File exists' mkdir g; refused 'File exists' mkdir d
            refused 'Is a directory' unlink d; refused 'Not a directory' rmdir g
            refused 'File name too long' touch "$(printf 'n%.0s' $(seq 1 256))"; touch "$(printf 'n%.0s' $(seq 1 "$(getconf NAME_MAX .)"))"
            refused 'Operation not permitted' ln -s g s; refused 'Operation not permitted' ln g h; refused 'Operation not permitted' mkfifo p
            refused 'subdirectory of itself' mv d d/e; mkdir e; refused 'not empty' mv -T e d; mv -T d e; [ -e e/f ]
            mv -n g e/f; [ "$(cat e/f)" = x ]; [ "$(cat g)" = y ]
            """);
    }

    private protected abstract Task<Mounted> MountAsync();
}

public sealed class OrdinaryWorkInMemoryTests : OrdinaryWork
{
    private protected override Task<Mounted> MountAsync() => Mounted.EmptyAsync();
}

/// <summary>The same while what is written is sent to the service all the time.</summary>
public sealed class OrdinaryWorkOnTheServiceTests : OrdinaryWork
{
    private protected override Task<Mounted> MountAsync() => Mounted.SandboxAsync();

    [Fact]
    public async Task What_the_service_could_never_store_is_refused_when_it_is_made_and_keeps_nothing_else_waiting()
    {
        await using var mounted = await MountAsync();
        await mounted.RunAsync("""
            refused() { local want=$1; shift; if "$@" 2> "$work/err"; then echo "done: $*"; exit 1; fi; grep -q "$want" "$work/err" || { cat "$work/err"; exit 1; }; }
            long=$(printf 'n%.0s' $(seq 1 251)); [ "$(getconf NAME_MAX .)" = 250 ]; echo x > f
            refused 'File name too long' touch "$long"; refused 'File name too long' mkdir "$long"; refused 'File name too long' mv f "$long"; [ "$(cat f)" = x ]
            refused 'File too large' truncate -s 300000000001 f; refused 'File too large' dd if=/dev/zero of=f bs=1 count=1 seek=300000000000 conv=notrunc status=none
            [ "$(stat -c %s f)" = 2 ]; mkdir d; echo y > d/g
            """);
        await mounted.Files.DrainAsync();
        Assert.Equal((0, 0), (mounted.Files.State.Files, mounted.Files.State.Changes));
    }
}
