namespace OneFichier.Drive.Local;

/// <summary>.NET has an exception for refused permission that is no <see cref="IOException"/>; here all troubles of a disk are.</summary>
internal static class DiskErrors
{
    public static async ValueTask<T> SayAsync<T>(Func<ValueTask<T>> work)
    {
        try
        {
            return await work();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    public static T Say<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }
}
