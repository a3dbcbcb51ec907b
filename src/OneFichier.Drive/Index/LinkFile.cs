using Microsoft.Data.Sqlite;

namespace OneFichier.Drive.Index;

/// <summary>One connection to the file of direct links; for one thread at a time. Any <see cref="SqliteException"/> is left to the caller.</summary>
internal sealed class LinkFile : IDisposable
{
    private const int Version = 1;

    private const string Schema = "CREATE TABLE IF NOT EXISTS link(file TEXT, wishes INTEGER, url TEXT NOT NULL, obtained INTEGER NOT NULL, PRIMARY KEY(file, wishes)) WITHOUT ROWID";

    private readonly SqliteConnection _connection;
    private readonly Statement? _find;
    private readonly Statement? _put;

    public LinkFile(string path, DateTimeOffset now)
    {
        _connection = OwnedFile.Open(path, Version, Schema, "direct links");
        try
        {
            _connection.Run($"PRAGMA secure_delete = ON; DELETE FROM link WHERE obtained <= {(now - DirectLink.Lifetime).ToUnixTimeMilliseconds()} OR obtained > {now.ToUnixTimeMilliseconds()}");
            _find = new Statement(_connection, "SELECT url, obtained FROM link WHERE file = ?1 AND wishes = ?2", 2);
            _put = new Statement(_connection, "INSERT OR REPLACE INTO link(file, wishes, url, obtained) VALUES(?1, ?2, ?3, ?4)", 4);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public DirectLink? Find(FileLink file, long wishes) =>
        _find!.Read(r => new DirectLink(new Uri(r.GetString(0), UriKind.Absolute), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(1))), file.Url, wishes).FirstOrDefault();

    public void Put(FileLink file, long wishes, DirectLink link) => _put!.Run(file.Url, wishes, link.Url.AbsoluteUri, link.Obtained.ToUnixTimeMilliseconds());

    public void Dispose()
    {
        _find?.Dispose();
        _put?.Dispose();
        _connection.Dispose();
    }
}
