namespace OneFichier.Drive.Crypt;

public sealed partial class EncryptedVolume
{
    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ItemResult>> PutAsync(
        IReadOnlyList<NewFile> files, PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        cancellationToken.ThrowIfCancellationRequested();
        var results = new ItemResult[files.Count];
        var going = new List<Going>(files.Count);
        var places = new Places();
        for (var place = 0; place < files.Count; place++)
        {
            var path = files[place].Path;
            var refusal = await RefusalAsync(path, cancellationToken) ?? (places.TryTake(path) ? null : new NameTakenException(path));
            if (refusal is null)
                going.Add(Wrapped(files[place], place));
            else
                results[place] = Refused(path, refusal, options?.Progress);
        }

        var stored = await Inner.PutAsync([.. going.Select(g => g.Stored)], Told(options, going), cancellationToken);
        foreach (var (item, result) in going.Zip(stored))
            results[item.Place] = Plain(result, files[item.Place].Path, item.Source.Reason);
        return results;
    }

    private static ItemResult Refused(VolumePath path, Exception refusal, IProgress<TransferEvent>? progress)
    {
        progress?.Report(new TransferEnded(path.ToString(), refusal));
        return new ItemResult(path) { Error = refusal };
    }

    /// <summary>What the volume inside cannot refuse, because it knows the names only as they are stored.</summary>
    private async ValueTask<Exception?> RefusalAsync(VolumePath path, CancellationToken cancellationToken)
    {
        if (_paths.IsImpossible(path))
            return new FichierException($"'{path}' cannot be encrypted: a name in it is too long.") { Remedy = "Shorten it." };
        if (await FileAboveAsync(path, includingSelf: false, cancellationToken) is { } taken)
            return new NameTakenException(taken);
        return !_paths.IsOneName(path) && await Inner.FindAsync(_paths.Folder(path), cancellationToken) is { IsFolder: true } ? new NameTakenException(path) : null;
    }

    private Going Wrapped(NewFile file, int place)
    {
        var nonce = new byte[CryptLayout.NonceSize];
        _fillNonce(nonce);
        var source = new CryptSource(file, _keys, _errors, _options.EncryptContent ? new CryptAttempts(nonce) : null);
        return new Going(place, source, source.Stored(_paths.File(file.Path)));
    }

    private PutOptions? Told(PutOptions? options, List<Going> going)
    {
        if (options?.Progress is not { } progress)
            return options;
        var sources = new Dictionary<string, CryptSource>(going.Count, StringComparer.Ordinal);
        foreach (var item in going)
            sources[item.Stored.Path.ToString()] = item.Source;
        return options with { Progress = new CryptProgress(progress, sources, _options.EncryptContent) };
    }

    private sealed record Going(int Place, CryptSource Source, NewFile Stored);

    /// <summary>The files of one call and the folders they need: none may be in the place of another.</summary>
    private sealed class Places
    {
        private readonly HashSet<VolumePath> _files = [];
        private readonly HashSet<VolumePath> _folders = [];

        public bool TryTake(VolumePath file)
        {
            if (_folders.Contains(file))
                return false;
            var needed = new List<VolumePath>();
            for (var above = file.Parent; !above.IsRoot && !_folders.Contains(above); above = above.Parent)
                needed.Add(above);
            if (needed.Any(_files.Contains))
                return false;
            _folders.UnionWith(needed);
            _files.Add(file);
            return true;
        }
    }
}
