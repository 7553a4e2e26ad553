using System.Reflection;
using System.Runtime.Loader;

namespace Stagedoor.Host.Loading;

/// <summary>
/// The load context of one plugin from the folder. The contract, the kit, the framework and other plugins' contracts come
/// from the portal, so that their types are the same everywhere; everything else comes from the plugin's own folder, so
/// that two plugins may use different versions of a library.
/// </summary>
internal sealed class PluginLoadContext(string mainAssembly) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(mainAssembly))
{
    private readonly AssemblyDependencyResolver _resolver = new(mainAssembly);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (IsShared(assemblyName.Name!))
        {
            // Null sends the runtime to the default context.
            return null;
        }

        var path = _resolver.ResolveAssemblyToPath(assemblyName);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        var path = _resolver.ResolveUnmanagedDllToPath(unmanagedDllName);
        return path is null ? 0 : LoadUnmanagedDllFromPath(path);
    }

    private static bool IsShared(string name) =>
        name is "Stagedoor.Plugins" or "Stagedoor.UI" or "netstandard" or "mscorlib" or "System"
        || name.EndsWith(".Contracts", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
        || IsInSharedFramework(name);

    private static bool IsInSharedFramework(string name)
    {
        // A library that is both in the shared framework and in the plugin's folder is the framework's.
        foreach (var directory in FrameworkDirectories)
        {
            if (File.Exists(Path.Combine(directory, name + ".dll")))
            {
                return true;
            }
        }

        return false;
    }

    private static readonly string[] FrameworkDirectories =
    [
        Path.GetDirectoryName(typeof(object).Assembly.Location)!,
        Path.GetDirectoryName(typeof(Microsoft.AspNetCore.Http.HttpContext).Assembly.Location)!,
    ];
}
