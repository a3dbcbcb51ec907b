using OneFichier;

var key = ApiKey.Parse(Environment.GetEnvironmentVariable("FICHIER_API_KEY") ?? throw new InvalidOperationException($"Set FICHIER_API_KEY; a key is made at {ApiKey.PageUrl}"));
var apiBase = Environment.GetEnvironmentVariable("FICHIER_API_BASE") is { } address ? new Uri(address) : FichierOptions.DefaultApiBase;
using var fichier = new FichierClient(new FichierOptions { Key = key, ApiBase = apiBase });

var uploaded = await fichier.Transfers.UploadAsync(args[0]);
Console.WriteLine($"{uploaded.Name} is stored, proven by its checksum: {uploaded.Link}");

foreach (var file in (await fichier.Folders.ListAsync(FolderId.Root)).Files!)
    Console.WriteLine($"{file.Size,15:N0}  {file.Name}");

var link = await fichier.Downloads.GetLinkAsync(uploaded.Link);
Console.WriteLine($"To be fetched until {link.Expires:HH:mm:ss} from {link.Url}");
