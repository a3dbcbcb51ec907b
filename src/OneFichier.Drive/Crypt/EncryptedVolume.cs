using System.Security.Cryptography;

namespace OneFichier.Drive.Crypt;

/// <summary>
/// A volume in which names and content are encrypted before they reach the volume inside, in the format of rclone's crypt: what one program writes the other reads. The format is described in
/// docs/spec/crypt.md.
/// </summary>
/// <remarks>
/// <para>All paths, sizes, errors and events are plain. What does not belong to the volume (a name that does not decrypt, a size no encrypted file has) is left out of listings with a note.</para>
/// <para>There are no checksums: what arrives is proven by the volume inside, and what is read by the format itself, block by block.</para>
/// </remarks>
public sealed partial class EncryptedVolume : VolumeDecorator
{
    private readonly CryptKeys _keys;
    private readonly CryptOptions _options;
    private readonly FillNonce _fillNonce;
    private readonly CryptPaths _paths;
    private readonly CryptEntries _entries;
    private readonly CryptErrors _errors;
    private readonly CryptReader _reader;

    /// <summary>Puts the coat on.</summary>
    /// <param name="inner">Holds what is encrypted.</param>
    /// <param name="keys">The keys; they must outlive the volume, and stay the caller's to dispose of.</param>
    /// <param name="options">How the volume is laid out; default rclone's defaults.</param>
    /// <param name="fillNonce">Where nonces come from; default the system's randomness, anything else is for tests: a nonce used twice betrays both files.</param>
    public EncryptedVolume(IVolume inner, CryptKeys keys, CryptOptions? options = null, FillNonce? fillNonce = null)
        : base(inner)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = keys;
        _options = options ?? new CryptOptions();
        if (_options.Suffix.Contains('/', StringComparison.Ordinal))
            throw new ArgumentException($"A suffix holds no slash: '{_options.Suffix}'.", nameof(options));
        _fillNonce = fillNonce ?? RandomNumberGenerator.Fill;
        var names = new CryptNames(keys, _options);
        _paths = new CryptPaths(names);
        _entries = new CryptEntries(keys, names, _options);
        _errors = new CryptErrors(_paths);
        _reader = new CryptReader(inner, keys);
    }

    /// <inheritdoc/>
    public override VolumeTraits Traits => _options.EncryptContent ? Inner.Traits with { Checksums = false } : Inner.Traits;

    /// <inheritdoc/>
    public override async ValueTask<Entry?> FindAsync(VolumePath path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var stored = await StoredAsync(path, cancellationToken);
        return stored is null ? null : _entries.Plain(stored, path)
            ?? throw new FichierIntegrityException($"'{path}' has {stored.Size} bytes, which no encrypted file has.");
    }

    /// <inheritdoc/>
    public override async Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_paths.IsImpossible(folder))
            throw new PathNotFoundException(folder, EntryKind.Folder);
        return _entries.Plain(await _errors.SayAsync(() => Inner.ListAsync(_paths.Folder(folder), cancellationToken), folder), folder);
    }

    /// <inheritdoc/>
    public override async Task<Stream> OpenAsync(VolumePath file, ByteRange range = default, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_paths.IsImpossible(file))
            throw new PathNotFoundException(file, EntryKind.File);
        if (!_options.EncryptContent)
            return await _errors.SayAsync(() => Inner.OpenAsync(_paths.File(file), range, cancellationToken), file);
        var stored = await StoredFileAsync(file, cancellationToken) ?? throw new PathNotFoundException(file, EntryKind.File);
        return await _errors.SayAsync(() => _reader.OpenAsync(file, stored, range, cancellationToken), file);
    }

    /// <inheritdoc/>
    public override async Task MakeFolderAsync(VolumePath folder, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (await FileAboveAsync(folder, includingSelf: true, cancellationToken) is { } taken)
            throw new NameTakenException(taken);
        await _errors.SayAsync<object?>(
            async () =>
            {
                await Inner.MakeFolderAsync(_paths.Folder(folder), cancellationToken);
                return null;
            }, folder);
    }

    /// <summary>What is stored at a plain path: the folder if there is one, otherwise the file.</summary>
    private async ValueTask<Entry?> StoredAsync(VolumePath path, CancellationToken cancellationToken)
    {
        if (_paths.IsImpossible(path))
            return null;
        var found = await Inner.FindAsync(_paths.Folder(path), cancellationToken);
        return found is { IsFolder: true } || _paths.IsOneName(path) ? found : await StoredFileAsync(path, cancellationToken);
    }

    /// <summary>The file stored at a plain path, also where a folder inside has the name it is stored under.</summary>
    private async ValueTask<Entry?> StoredFileAsync(VolumePath path, CancellationToken cancellationToken)
    {
        var stored = _paths.File(path);
        var found = await Inner.FindAsync(stored, cancellationToken);
        if (found is null or { IsFolder: false } || path.IsRoot)
            return found is { IsFolder: false } ? found : null;
        return (await Inner.ListAsync(stored.Parent, cancellationToken)).Entries.FirstOrDefault(e => !e.IsFolder && e.Path == stored);
    }

    /// <summary>A file in the place of a folder. Where they are stored under different names, the volume inside does not see that.</summary>
    private async ValueTask<VolumePath?> FileAboveAsync(VolumePath path, bool includingSelf, CancellationToken cancellationToken)
    {
        for (var above = includingSelf ? path : path.Parent; !above.IsRoot; above = above.Parent)
        {
            if (!_paths.IsOneName(above) && await Inner.FindAsync(_paths.File(above), cancellationToken) is { IsFolder: false })
                return above;
        }

        return null;
    }

    private ItemResult Plain(ItemResult result, VolumePath path, Func<Exception, Exception> reason) => new(path)
    {
        Entry = result.Entry is null ? null : _entries.Plain(result.Entry, path),
        Error = result.Error is null ? null : reason(result.Error),
    };
}

/// <summary>Fills 24 bytes with a number that was never used and never will be.</summary>
public delegate void FillNonce(Span<byte> nonce);
