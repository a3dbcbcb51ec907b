using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace OneFichier.Drive.Index;

/// <summary>Binds to the SQLite of the system instead of one brought along, so that it is kept safe with the system's updates.</summary>
public static class SystemSqlite
{
    private static readonly Lazy<bool> Bound = new(Bind);

    private static nint _library;

    /// <summary>Binds once; to be called before the first connection.</summary>
    /// <exception cref="DllNotFoundException">The system has no SQLite.</exception>
    public static void Use() => _ = Bound.Value;

    private static bool Bind()
    {
        _library = NativeLibrary.Load(OperatingSystem.IsWindows() ? "winsqlite3" : OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : "libsqlite3.so.0");
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return true;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name == "e_sqlite3" ? _library : 0;
}
