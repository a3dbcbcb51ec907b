using OneFichier.Drive;

namespace OneFichier.Gateways.Rest;

internal static class UploadCalls
{
    /// <summary>Files have come whole before the first is stored; they are stored in one call, since a hundred in one cost the service no more than one.</summary>
    public static async Task<RestAnswer> UploadAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var folder = await request.FolderAsync(["folder", "path"], ["folder_id", "did"], cancellationToken) ?? VolumePath.Root;
        if (request.Files.Count == 0)
            throw RestPaths.Bad("There is no file in the form.");
        var files = request.Files.Select(f => New(folder.Combine(NameOf(request, f)), f.Body)).ToList();
        if (files.GroupBy(f => f.Path).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw RestPaths.Bad($"'{twice.Key.Name}' is in the form more than once.");
        if (request.Input.Flag("overwrite") == true && !request.Session.MayChange)
            throw new UnauthorizedAccessException("This token may add files, but not replace them.");
        return await StoreAsync(request, files, cancellationToken);
    }

    private static async Task<RestAnswer> StoreAsync(RestRequest request, List<NewFile> files, CancellationToken cancellationToken)
    {
        var results = await request.Volume.PutAsync(files, new PutOptions { KeepExisting = request.Input.Flag("overwrite") == false }, cancellationToken);
        var outcome = new Outcome(request);
        List<RestFile> stored = [];
        outcome.Add(files, results, (file, entry) =>
        {
            if (entry is not null)
                stored.Add(request.Told(entry));
            return new RestChange("/" + file.Path, null, null);
        });
        return outcome.Tell(new RestAnswer { Count = stored.Count, Links = stored });
    }

    private static NewFile New(VolumePath path, BodySpool body) => new(path, body.Length, _ => ValueTask.FromResult(body.Open()));

    private static string NameOf(RestRequest request, SentFile file) =>
        file.Name.Length > 0 ? file.Name : RestPaths.Name(request.Input.One("name", "filename") ?? throw RestPaths.Bad("What is the file called? Say name."));
}
