using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Stagedoor.Data.Sqlite;

/// <summary>
/// Chooses SQLite's native library once for the process: the system's when it is newer than the bundled one, and able to
/// do what the bundled one does. See docs/decisions/0002.
/// </summary>
internal static class SqliteLibrary
{
    private const string Bundled = "e_sqlite3";
    private const int BundledVersion = 3_035_005;
    private static readonly Lazy<IntPtr> System = new(FindSystem);

    // Before the first connection, or the provider would already have bound its library.
    static SqliteLibrary()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        Batteries_V2.Init();
        Version = raw.sqlite3_libversion().utf8_to_string();
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Number();

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Option([MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    public static string Version { get; }

    // Zero leaves the choice to the runtime, which finds the bundled library beside the assemblies.
    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name == Bundled ? System.Value : IntPtr.Zero;

    private static IntPtr FindSystem()
    {
        if (string.Equals(Environment.GetEnvironmentVariable("STAGEDOOR_SQLITE"), "bundled", StringComparison.OrdinalIgnoreCase))
        {
            return IntPtr.Zero;
        }

        // Windows' own library has another calling convention, so there the bundled one stays.
        string[] names = OperatingSystem.IsLinux() ? ["libsqlite3.so.0"] : OperatingSystem.IsMacOS() ? ["/usr/lib/libsqlite3.dylib"] : [];
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var library))
            {
                if (Serves(library))
                {
                    return library;
                }

                NativeLibrary.Free(library);
            }
        }

        return IntPtr.Zero;
    }

    private static bool Serves(IntPtr library) =>
        NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var version)
        && NativeLibrary.TryGetExport(library, "sqlite3_threadsafe", out var threads)
        && NativeLibrary.TryGetExport(library, "sqlite3_compileoption_used", out var option)
        && NativeLibrary.TryGetExport(library, "sqlite3_column_table_name", out _)
        && Marshal.GetDelegateForFunctionPointer<Number>(version)() > BundledVersion
        && Marshal.GetDelegateForFunctionPointer<Number>(threads)() != 0
        && Marshal.GetDelegateForFunctionPointer<Option>(option)("ENABLE_FTS5") != 0;
}
