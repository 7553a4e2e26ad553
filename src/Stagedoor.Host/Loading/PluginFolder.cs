using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Loading;

/// <summary>What was found in one folder below <c>plugins/</c>: a plugin, or the reason why not.</summary>
internal sealed record FoundPlugin(string Folder, IPlugin? Plugin, string Version, PluginState State, string? Reason)
{
    public string FolderName => Path.GetFileName(Folder);
}

/// <summary>
/// Finds the plugins that were dropped as folders beside the data. A folder is what <c>dotnet publish</c> of a plugin
/// leaves: the assembly that its <c>.deps.json</c> is named after, and what that needs.
/// </summary>
internal sealed class PluginFolder(string path)
{
    public static readonly Version ContractVersion = typeof(IPlugin).Assembly.GetName().Version!;

    public IReadOnlyList<FoundPlugin> Find(IReadOnlySet<string> disabled)
    {
        if (!Directory.Exists(path))
        {
            return [];
        }

        return [.. Directory.EnumerateDirectories(path)
            .Where(folder => !Path.GetFileName(folder).StartsWith('.'))
            .Order(StringComparer.Ordinal)
            .Select(folder => Open(folder, disabled))];
    }

    private static FoundPlugin Open(string folder, IReadOnlySet<string> disabled)
    {
        FoundPlugin Left(PluginState state, string reason, string version = "") => new(folder, null, version, state, reason);

        if (disabled.Contains(Path.GetFileName(folder)))
        {
            return Left(PluginState.Disabled, "Disabled by plugins.disabled in the configuration.");
        }

        try
        {
            if (MainAssembly(folder) is not { } assemblyFile)
            {
                return Left(
                    PluginState.Failed,
                    "This folder holds no plugin, or more than one: there must be exactly one .deps.json, with its .dll beside it. Copy the whole output of dotnet publish here.");
            }

            var (builtFor, version) = ReadReferences(assemblyFile);
            if (builtFor is null)
            {
                return Left(PluginState.Failed, $"{Path.GetFileName(assemblyFile)} does not reference Stagedoor.Plugins, so it is not a plugin.", version);
            }

            if (!IsCompatible(builtFor))
            {
                return Left(
                    PluginState.Incompatible,
                    $"It was built for version {builtFor.ToString(3)} of Stagedoor.Plugins; this portal speaks {ContractVersion.ToString(3)}. Rebuild it against that version.",
                    version);
            }

            var assembly = new PluginLoadContext(assemblyFile).LoadFromAssemblyPath(assemblyFile);
            var types = assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IPlugin).IsAssignableFrom(type)).ToList();
            if (types is not [var type])
            {
                return Left(PluginState.Failed, $"{assembly.GetName().Name} has {types.Count} public classes that implement IPlugin; it needs exactly one.", version);
            }

            return new FoundPlugin(folder, (IPlugin)Activator.CreateInstance(type)!, version, PluginState.Active, null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever is wrong with a stranger's folder, the portal starts, and says so on the page Plugins.
            return Left(PluginState.Failed, $"It could not be loaded: {(e is TargetInvocationException { InnerException: { } inner } ? inner : e).Message}");
        }
    }

    /// <summary>Before 1.0 a minor version may break; from then on only a major one does.</summary>
    internal static bool IsCompatible(Version builtFor) =>
        builtFor.Major == ContractVersion.Major
        && (builtFor.Major > 0 ? builtFor.Minor <= ContractVersion.Minor : builtFor.Minor == ContractVersion.Minor);

    private static string? MainAssembly(string folder)
    {
        var candidates = Directory.EnumerateFiles(folder, "*.deps.json")
            .Select(file => file[..^".deps.json".Length] + ".dll")
            .Where(File.Exists)
            .ToList();
        return candidates is [var one] ? one : null;
    }

    /// <summary>Reads the version of the contract an assembly was built for from its metadata, without loading it.</summary>
    private static (Version? BuiltFor, string Version) ReadReferences(string file)
    {
        using var stream = File.OpenRead(file);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        var own = metadata.GetAssemblyDefinition().Version.ToString(3);
        foreach (var handle in metadata.AssemblyReferences)
        {
            var reference = metadata.GetAssemblyReference(handle);
            if (metadata.StringComparer.Equals(reference.Name, "Stagedoor.Plugins"))
            {
                return (reference.Version, own);
            }
        }

        return (null, own);
    }
}

/// <summary>Where the portal looks for plugins.</summary>
internal sealed record PluginFolderPath(string Path);
