using Microsoft.Extensions.Options;
using Stagedoor.Plugins;
using Stagedoor.Sources;

namespace Stagedoor.Catalog.Pages.Detail.Repository;

/// <summary>The folder that an entity's source lies in.</summary>
/// <param name="Repository">The folder in a repository; nothing if it is one of this machine.</param>
/// <param name="Local">The folder on this machine; nothing if it is in a repository.</param>
/// <param name="CodeRoot">Where the code host shows the repository's files, with a slash at the end; nothing if that is not known.</param>
internal sealed record EntityFolder(RepositoryFile? Repository, string? Local, string? CodeRoot)
{
    public string Key => Repository is { } file ? $"{file.Repository.Url}\n{file.Reference}\n{file.Path}\n{CodeRoot}" : $"{Local}";
}

/// <summary>
/// Finds the folder of an entity's source: that of the file that declares it, or the one that the file names as its source.
/// A file may name another repository only where the configuration trusts it to: what lies in there is shown to whoever sees the entity.
/// </summary>
internal sealed class EntityFolders(IRepositories repositories, IOptions<CatalogOptions> options)
{
    private const string Managed = "backstage.io/managed-by-location";
    private const string Named = "backstage.io/source-location";

    /// <summary>Whether there may be one, told without looking.</summary>
    public static bool MayHave(Entity entity) =>
        entity.Annotation(Managed) is { } place && (place.StartsWith("git:", StringComparison.Ordinal) || place.StartsWith("url:", StringComparison.Ordinal) || place.StartsWith("file:", StringComparison.Ordinal));

    public EntityFolder? Of(Entity entity)
    {
        if (entity.Annotation(Managed) is not { } place)
        {
            return null;
        }

        if (place.StartsWith("file:", StringComparison.Ordinal))
        {
            return Path.GetDirectoryName(place["file:".Length..]) is { Length: > 0 } local ? new EntityFolder(null, local, null) : null;
        }

        var declared = Parse(place);
        var named = entity.Annotation(Named) is { } source ? Parse(source) : null;
        if (named is not null && (options.Value.TrustSourceLocations || named.Repository == declared?.Repository))
        {
            return new EntityFolder(named with { Path = named.Path.Trim('/') }, null, CodeRootOf(entity, named, declared));
        }

        return declared is null ? null : new EntityFolder(declared with { Path = FolderOf(declared.Path) }, null, CodeRootOf(entity, declared, declared));
    }

    public static string FolderOf(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "";

    /// <summary>A file of a repository that is read by git; of one that is not, there is no copy to look into.</summary>
    private RepositoryFile? Parse(string place)
    {
        if (!place.StartsWith("git:", StringComparison.Ordinal) && !place.StartsWith("url:", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            var file = repositories.ParsePlace(place);
            return repositories.WhyNot(file.Repository) is null && (place.StartsWith("git:", StringComparison.Ordinal) || repositories.ReadsByGit(file.Repository)) ? file : null;
        }
        catch (OutboundException)
        {
            // Not the address of a repository: then there is no folder to look into.
            return null;
        }
    }

    /// <summary>As the code host is known to write it, or as the entity's own address of its file shows it.</summary>
    private string? CodeRootOf(Entity entity, RepositoryFile file, RepositoryFile? declared)
    {
        var place = repositories.PlaceOf(file with { Path = "" });
        if (Shown.Link(place) is { } known)
        {
            return known.EndsWith('/') ? known : $"{known}/";
        }

        return declared?.Repository == file.Repository && Shown.Link(entity.Annotation("backstage.io/view-url")) is { } view && declared.Path.Length > 0 && view.EndsWith($"/{declared.Path}", StringComparison.Ordinal)
            ? view[..^declared.Path.Length]
            : null;
    }
}
