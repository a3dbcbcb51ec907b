namespace OneFichier.Sandbox;

/// <summary>A KO: the service's own words, the number it is most often seen with, and the status that carries it.</summary>
internal sealed class Refusal(int status, string text, int number) : Exception(text)
{
    public int Status { get; } = status;

    public int Number { get; } = number;

    public static Refusal FloodIp => new(403, "Flood detected: IP Locked", 374);

    public static Refusal FloodUser => new(403, "Flood detected: User Locked", 223);

    public static Refusal NotJson => new(400, "Content-Type not JSON", 24);

    public static Refusal BadMethod => new(405, "Method not allowed", 19);

    public static Refusal BadJson => new(400, "JSON syntax error", 31);

    public static Refusal NotAuthenticated => new(401, "Not authenticated", 77);

    public static Refusal NoSuchUser => new(403, "No such user", 93);

    public static Refusal NotCustomer => new(403, "Must be a customer (Premium, Access)", 236);

    public static Refusal OwnerLocked => new(403, "Owner locked", 620);

    public static Refusal NotFound => new(404, "Resource not found", 469);

    public static Refusal NotAllowed => new(403, "Resource not allowed", 631);

    public static Refusal PasswordMissing => new(403, "Password not provided. Resource not allowed", 640);

    public static Refusal PasswordWrong => new(403, "Invalid password. Resource not allowed", 645);

    public static Refusal OneLocation => new(403, "Only 1 location allowed at a time", 887);

    public static Refusal NothingRenamed => new(200, "No file has been renamed", 312);

    public static Refusal OtherFile => new(200, "Another file have that name", 318);

    public static Refusal OtherFolder => new(200, "Another folder have that name", 152);

    public static Refusal NoSuchFolder => new(404, "Folder not found", 117);

    public static Refusal FolderNotEmpty => new(200, "Folder not empty", 171);

    public static Refusal IntoItself => new(200, "A folder cannot be moved into itself", 181);

    public static Refusal BadName => new(200, "Invalid name", 140);

    public static Refusal BadPassword => new(200, "Invalid password, at least 6 characters", 209);

    public static Refusal Missing(string field) => new(200, $"{field} must be defined", 103);

    public static Refusal Bad(string field) => new(200, $"Invalid {field}", 105);
}
