namespace OneFichier.Server.Backup;

/// <summary>Why restic failed, as an exception that says what to do: what it says of itself first, then what the service said meanwhile.</summary>
internal static class ResticFailure
{
    private const int NoRepository = 10;
    private const int Locked = 11;
    private const int WrongPassword = 12;

    public static Exception Of(ResticExit exit, FichierException? ofService)
    {
        if (exit.Code == WrongPassword || exit.Says("wrong password"))
            return new FichierKeyException("The password does not open the repository.") { Remedy = "Give the right one: fichier backup rm NAME, then fichier backup init NAME … --existing --password-file FILE" };
        if (exit.Code == Locked || exit.Says("already locked"))
            return new FichierUnavailableException("Another restic is at work on the repository: " + LastOf(exit)) { Remedy = "Try again when it has ended. A lock that was left behind ends by itself half an hour after it was made." };
        if (ofService is not null)
            return ofService;
        if (exit.Code == NoRepository || exit.Says("Is there a repository"))
            return new FichierException("There is no restic repository at that place.") { Remedy = "Make one: fichier backup init NAME PLACE --source FOLDER" };
        if (exit.Says("already exists") || exit.Says("already initialized"))
            return new FichierException("There is a repository at that place already.") { Remedy = "To use it, give its password: fichier backup init NAME PLACE --existing" };
        return new FichierException($"restic failed (exit code {exit.Code}): {LastOf(exit)}");
    }

    /// <summary>What a failed check says: damage, or that it could not be carried out.</summary>
    public static Exception OfCheck(ResticExit exit, FichierException? ofService) =>
        ofService is null && (exit.Says("contains errors") || exit.Says("repository is damaged"))
            ? new FichierIntegrityException("The repository is damaged: " + string.Join("; ", exit.Errors.Where(e => e.Length > 0).TakeLast(5))) { Remedy = "Keep what is there, back up anew to another place, and see restic's page on troubleshooting." }
            : Of(exit, ofService);

    private static string LastOf(ResticExit exit)
    {
        var said = exit.Errors.Where(e => e.Trim().Length > 0).ToList();
        return said.FindLast(e => e.StartsWith("Fatal:", StringComparison.Ordinal)) is { } fatal ? fatal["Fatal:".Length..].Trim() : said.LastOrDefault() ?? "it said nothing";
    }
}
