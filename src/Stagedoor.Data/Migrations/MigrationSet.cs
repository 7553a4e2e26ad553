using System.Reflection;
using System.Text.RegularExpressions;

namespace Stagedoor.Data.Migrations;

/// <summary>All migrations of one owner: a plugin by its id, the host as <c>portal</c>, this library as <c>data</c>.</summary>
public sealed partial record MigrationSet(string OwnerId, string Version, IReadOnlyList<MigrationFile> Files)
{
    /// <summary>The owners whose tables carry everything else; a failure of theirs is the portal's.</summary>
    public const string DataOwner = "data";

    /// <summary>What the names of the owner's tables and indexes begin with: <c>dead_letters_</c>.</summary>
    public string Prefix => OwnerId.Replace('-', '_') + "_";

    /// <summary>Reads every embedded <c>Migrations/0001_what.sql</c> of an assembly.</summary>
    public static MigrationSet From(string ownerId, Assembly assembly)
    {
        ArgumentException.ThrowIfNullOrEmpty(ownerId);
        ArgumentNullException.ThrowIfNull(assembly);
        var files = assembly.GetManifestResourceNames()
            .Select(name => (Resource: name, Match: Resource().Match(name)))
            .Where(found => found.Match.Success)
            .Select(found => new MigrationFile(found.Match.Groups["file"].Value, Text(assembly, found.Resource)))
            .ToList();
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
            ?? assembly.GetName().Version?.ToString(3) ?? "0.0.0";
        return new MigrationSet(ownerId, version, files);
    }

    private static string Text(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"(^|\.)Migrations\.(?<file>[^.]+(\.[^.]+)?\.sql)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Resource();
}

/// <summary>A file of a migration, such as <c>0003_names.postgres.sql</c>.</summary>
public sealed record MigrationFile(string Name, string Text);
