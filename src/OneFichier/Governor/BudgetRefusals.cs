namespace OneFichier.Governor;

internal static class BudgetRefusals
{
    public static FichierFloodException ToException(BudgetRefusal refusal, QueuedCall queued, TimeSpan now, TimeProvider time)
    {
        var until = TimeZoneInfo.ConvertTime(refusal.Until, time.LocalTimeZone);
        var today = until.Date == time.GetLocalNow().Date;
        var when = until.ToString(today ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss");
        var wait = Math.Ceiling((refusal.NotBefore - now).TotalSeconds);
        return new($"{Subject(queued.Call)} has to wait until {when} ({wait:0} s), longer than the {queued.MaxWait.TotalSeconds:0} s it may: {refusal.Why}.")
        {
            RetryAt = until,
            ServiceText = refusal.ServiceText,
            Known = ServiceMessages.Match(refusal.ServiceText),
            Remedy = "Try again then, or allow a longer wait.",
        };
    }

    private static string Subject(ApiCall call) => call.Folder switch
    {
        null => call.Endpoint,
        { } folder when folder == FolderId.WholeAccount => $"{call.Endpoint} of the whole account",
        { } folder => $"{call.Endpoint} of folder {folder}",
    };
}
