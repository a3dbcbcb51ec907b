namespace OneFichier.Server.Tokens;

/// <summary>
/// The tokens of this user, in one file that all processes share: what one issues or revokes, the others know at their next question. The file is for its owner alone (0600) and replaced
/// whole. A damaged file is an error, never an empty one.
/// </summary>
/// <param name="folder">Where the file is; made for the owner only.</param>
/// <param name="time">The clock of dates, and of waiting for another process that writes.</param>
public sealed class TokenStore(string folder, TimeProvider time)
{
    private readonly string _path = Path.Combine(folder, "tokens.json");
    private volatile Snapshot _last = Snapshot.Nothing;

    /// <summary>The file.</summary>
    public string FilePath => _path;

    /// <summary>All tokens, the revoked and the ended included, in the order they were issued.</summary>
    /// <exception cref="IOException">The file cannot be read, is damaged, or is of a newer version.</exception>
    public IReadOnlyList<Token> All() => Current().Tokens;

    /// <summary>The token with that id; <see langword="null"/> where there is none.</summary>
    /// <exception cref="IOException">As <see cref="All"/>.</exception>
    public Token? ById(string id) => Current().ById.GetValueOrDefault(id);

    /// <summary>The newest token with that user name or id; <see langword="null"/> where there is none.</summary>
    /// <exception cref="IOException">As <see cref="All"/>.</exception>
    public Token? ByUser(string user) => Current().ByUser.GetValueOrDefault(user) ?? ById(user);

    /// <summary>Makes a token.</summary>
    /// <exception cref="ArgumentException">The request makes no sense, or its user name is taken.</exception>
    public async Task<IssuedToken> IssueAsync(TokenRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = time.GetUtcNow();
        request.Validate(now);
        IssuedToken? issued = null;
        await ChangeAsync(tokens =>
        {
            var id = TokenSecret.NewId();
            while (tokens.Exists(t => t.Id == id))
                id = TokenSecret.NewId();
            var user = request.User ?? id;
            if (tokens.Exists(t => (t.User == user && t.IsAlive(now)) || t.Id == user))
                throw new ArgumentException($"There is a token named '{user}' already. Revoke it, or choose another name.");
            var secret = TokenSecret.New(id);
            issued = new IssuedToken(new Token(id, user, TokenSecret.Hash(secret), request.Scope) { Remote = request.Remote, Created = now }, secret);
            tokens.Add(issued.Token);
            return true;
        }, cancellationToken);
        return issued!;
    }

    /// <summary>Ends a token, named by its id or user; every process knows it at its next question.</summary>
    /// <returns>The token; <see langword="null"/> where none of that name is alive.</returns>
    public async Task<Token?> RevokeAsync(string name, CancellationToken cancellationToken = default)
    {
        Token? revoked = null;
        await ChangeAsync(tokens =>
        {
            var at = tokens.FindLastIndex(t => t.Revoked is null && (t.Id == name || t.User == name));
            if (at >= 0)
                revoked = tokens[at] = tokens[at] with { Revoked = time.GetUtcNow() };
            return at >= 0;
        }, cancellationToken);
        return revoked;
    }

    private async Task ChangeAsync(Func<List<Token>, bool> change, CancellationToken cancellationToken)
    {
        using var held = await FolderLock.AcquireAsync(folder, time, cancellationToken);
        var tokens = new List<Token>(Read(Stamp()).Tokens);
        if (change(tokens))
            await PrivateFile.ReplaceAsync(_path, TokenDocument.Write(tokens), cancellationToken);
    }

    private Snapshot Current()
    {
        var stamp = Stamp();
        var last = _last;
        return last.Stamp == stamp ? last : _last = Read(stamp);
    }

    private Snapshot Read((long, long, long) stamp)
    {
        try
        {
            return new Snapshot(stamp, TokenDocument.Read(File.ReadAllBytes(_path), _path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Snapshot.Nothing;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"'{_path}' cannot be read.", e);
        }
    }

    private (long, long, long) Stamp()
    {
        var file = new FileInfo(_path);
        return file.Exists ? (file.LastWriteTimeUtc.Ticks, file.CreationTimeUtc.Ticks, file.Length) : default;
    }

    /// <summary>The file as it was at a moment.</summary>
    private sealed class Snapshot((long, long, long) stamp, IReadOnlyList<Token> tokens)
    {
        public static readonly Snapshot Nothing = new(default, []);

        public (long, long, long) Stamp => stamp;

        public IReadOnlyList<Token> Tokens => tokens;

        public Dictionary<string, Token> ById { get; } = tokens.ToDictionary(t => t.Id, StringComparer.Ordinal);

        public Dictionary<string, Token> ByUser { get; } = tokens.GroupBy(t => t.User, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.LastOrDefault(t => t.Revoked is null) ?? g.Last(), StringComparer.Ordinal);
    }
}
