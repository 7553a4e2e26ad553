using Microsoft.Win32.SafeHandles;

namespace Stagedoor.Sources;

/// <summary>Where a path really leads once every link on its way is followed.</summary>
public static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>Nothing, if there is nothing at the path or its links go in circles.</summary>
    public static string? Of(string path)
    {
        var rest = new Stack<string>(Parts(Path.GetFullPath(path)).Reverse());
        var real = Path.GetPathRoot(Path.GetFullPath(path))!;
        var links = 0;
        while (rest.TryPop(out var name))
        {
            if (name == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }

            var next = new FileInfo(Path.Combine(real, name));
            if (next.LinkTarget is { } target)
            {
                if (++links > MostLinks)
                {
                    return null;
                }

                real = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : real;
                foreach (var part in Parts(target).Reverse())
                {
                    rest.Push(part);
                }
            }
            else if (next.Exists || Directory.Exists(next.FullName))
            {
                real = next.FullName;
            }
            else
            {
                return null;
            }
        }

        return real;
    }

    /// <summary>
    /// Where an open file really lies, on systems that tell: between looking at a path and opening it, somebody may have
    /// put a link there.
    /// </summary>
    public static string? OfOpen(SafeFileHandle file) =>
        OperatingSystem.IsLinux() ? new FileInfo($"/proc/self/fd/{file.DangerousGetHandle()}").LinkTarget : null;

    private static IEnumerable<string> Parts(string path) =>
        path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Where(part => part != "." && !part.EndsWith(':'));
}
