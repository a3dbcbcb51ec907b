using System.Text.Json;
using OneFichier.Wire;

namespace OneFichier;

/// <summary>The FTP drop box of the account: its users, and the processing of what they sent (1fichier-api §3.21; the answers' shapes are not known, so they are read leniently).</summary>
public sealed class FtpClient
{
    private readonly ApiChannel _api;

    internal FtpClient(ApiChannel api) => _api = api;

    /// <summary>Starts processing files sent by FTP, for accounts where that is not automatic.</summary>
    public Task ProcessAsync(CancellationToken cancellationToken = default) =>
        _api.CallAsync(Call("ftp/process"), new EmptyRequest(), WireJson.Default.EmptyRequest, WireJson.Default.PlainAnswer, cancellationToken);

    /// <summary>The FTP users of the account.</summary>
    public async Task<IReadOnlyList<FtpUser>> ListUsersAsync(CancellationToken cancellationToken = default)
    {
        var answer = await _api.CallAsync(Call("ftp/users/ls"), new EmptyRequest(), WireJson.Default.EmptyRequest, WireJson.Default.FtpUserListAnswer, cancellationToken).ConfigureAwait(false);
        return [.. (answer.Users ?? answer.Data ?? answer.Items ?? []).Select(User).OfType<FtpUser>()];
    }

    /// <summary>Adds an FTP user.</summary>
    public Task AddUserAsync(string user, string password, FolderId? folder = null, CancellationToken cancellationToken = default) =>
        _api.CallAsync(
            Call("ftp/users/add"), new FtpUserRequest(user, password, folder?.Value), (WireJson.Default.FtpUserRequest, WireJson.Default.PlainAnswer), Repeat.WhenRefused, cancellationToken);

    /// <summary>Removes an FTP user.</summary>
    public Task RemoveUserAsync(string user, CancellationToken cancellationToken = default) =>
        _api.CallAsync(Call("ftp/users/rm"), new FtpUserRequest(user, null, null), WireJson.Default.FtpUserRequest, WireJson.Default.PlainAnswer, cancellationToken);

    private ApiCall Call(string endpoint) => new(endpoint, null, _api.Options.Priority);

    private static FtpUser? User(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => new FtpUser(item.GetString()!, null),
        JsonValueKind.Object when Text(item, "user") is { } name => new FtpUser(name, FolderId.TryParse(Text(item, "folder_id"), out var folder) ? folder : null),
        _ => null,
    };

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText() : null;
}

/// <summary>A user of the FTP drop box.</summary>
/// <param name="Name">The name to log in with.</param>
/// <param name="Folder">Where the files go; <see langword="null"/> when not told.</param>
public sealed record FtpUser(string Name, FolderId? Folder);
