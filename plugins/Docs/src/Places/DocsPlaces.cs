using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using Stagedoor.Docs.Sites;
using Stagedoor.Plugins;
using Stagedoor.Sources;

namespace Stagedoor.Docs.Places;

/// <summary>Finds where the documentation of an entity lies, after its annotations.</summary>
internal sealed class DocsPlaces(IRepositories repositories, ICatalog catalog, IOptions<DocsOptions> options)
{
    public static readonly EntityRef PreviewEntity = new("component", EntityRef.DefaultNamespace, "preview");

    private const int MostHops = 5;
    private const string Managed = "backstage.io/managed-by-location";

    /// <summary>The entity whose documentation an entity shows, and the part of it that is its own.</summary>
    public async Task<FoundDocs> Find(Entity entity, Caller caller, CancellationToken cancellationToken)
    {
        var start = "";
        for (var hops = 0; entity.Annotation(Annotations.Reference) is null && entity.Annotation(Annotations.OfEntity) is { } other; hops++)
        {
            if (hops == MostHops || !EntityRef.TryParse(other, "component", entity.Namespace, out var reference))
            {
                return FoundDocs.Nowhere(hops == MostHops ? "Entities name each other's documentation in a circle." : $"{Annotations.OfEntity} is '{other}', which names no entity. Write component:default/name.");
            }

            start = start.Length == 0 ? (entity.Annotation(Annotations.EntityPath) ?? "").Trim('/') : start;
            if (await catalog.Find(reference, caller, cancellationToken) is not { } next)
            {
                return FoundDocs.Nowhere($"Its documentation is that of {reference}, which is not in the catalog.");
            }

            entity = next;
        }

        if (!HasDocs.OfItsOwn(entity))
        {
            return FoundDocs.Nowhere($"Its documentation is that of {entity.Ref}, which has none.");
        }

        try
        {
            if (options.Value.Preview is { } preview && entity.Ref == PreviewEntity)
            {
                return new FoundDocs(new DocsPlace.OnThisMachine(preview, "", null), "", null);
            }

            return new FoundDocs(PlaceOf(entity), start, null);
        }
        catch (PlaceFault fault)
        {
            return FoundDocs.Nowhere(fault.Message);
        }
        catch (OutboundException e)
        {
            return FoundDocs.Nowhere(e.Message);
        }
    }

    private DocsPlace PlaceOf(Entity entity)
    {
        var declared = entity.Annotation(Managed) ?? throw new PlaceFault("The catalog does not know which file declares this entity, so there is no folder to look into.");
        var reference = entity.Annotation(Annotations.Reference);
        var decisions = entity.Annotation(Annotations.Decisions);
        if (declared.StartsWith("file:", StringComparison.Ordinal))
        {
            return OnThisMachine(declared["file:".Length..], reference, decisions);
        }

        var file = Readable(declared) ?? throw new PlaceFault($"This entity comes from {declared}, whose repository is not read by git. List its host in sources.hosts with git: true.");
        var from = FolderOf(file.Path);
        if (reference is null)
        {
            return InRepository(file, Inside(from, decisions!), null);
        }

        if (reference.StartsWith("dir:", StringComparison.Ordinal))
        {
            return InRepository(file, Inside(from, reference["dir:".Length..]), decisions is null ? null : Inside(from, decisions));
        }

        var named = reference.StartsWith("url:", StringComparison.Ordinal) || reference.StartsWith("git:", StringComparison.Ordinal) || reference.StartsWith("https://", StringComparison.Ordinal)
            ? Readable(reference.StartsWith("https://", StringComparison.Ordinal) ? "url:" + reference : reference)
            : throw new PlaceFault($"{Annotations.Reference} is '{reference}'. Write dir: and a folder beside the entity's file, such as dir:., or url: and the address of a folder in a repository.");
        if (named is null)
        {
            throw new PlaceFault($"{reference} is in a repository that is not read by git. List its host in sources.hosts with git: true.");
        }

        if (named.Repository != file.Repository && !options.Value.TrustOtherRepositories)
        {
            throw new PlaceFault($"{reference} is in another repository than the entity's own. An administrator may allow that with docs.trustOtherRepositories: true.");
        }

        return InRepository(named, named.Path.Trim('/'), null);
    }

    /// <summary>A path may leave its folder, but not the work tree of git that both are in.</summary>
    private static DocsPlace.OnThisMachine OnThisMachine(string file, string? reference, string? decisions)
    {
        var folder = Path.GetDirectoryName(file) ?? throw new PlaceFault($"{file} lies in no folder.");
        var wanted = reference ?? decisions!;
        if (wanted.StartsWith("url:", StringComparison.Ordinal) || wanted.StartsWith("git:", StringComparison.Ordinal) || wanted.StartsWith("https://", StringComparison.Ordinal))
        {
            throw new PlaceFault($"{wanted} is in a repository, and the entity is declared by a file of this machine. Write dir: and a folder beside that file.");
        }

        if (reference is not null && !reference.StartsWith("dir:", StringComparison.Ordinal))
        {
            throw new PlaceFault($"{Annotations.Reference} is '{reference}'. Write dir: and a folder beside the entity's file, such as dir:..");
        }

        var beside = WorkTree.PlaceOf(folder);
        return beside with
        {
            Folder = Inside(beside.Folder, reference?["dir:".Length..] ?? wanted),
            Decisions = reference is null || decisions is null ? null : Inside(beside.Folder, decisions),
        };
    }

    private static DocsPlace.InRepository InRepository(RepositoryFile file, string folder, string? decisions) =>
        new(file.Repository, file.Reference, folder, decisions);

    /// <summary>A path from a folder, never above the root of both.</summary>
    private static string Inside(string from, string path) =>
        SitePath.Combine(from, path.Trim().TrimStart('/')) ?? throw new PlaceFault($"'{path}' leads out of where the entity comes from. Name a folder beside its file or below.");

    private RepositoryFile? Readable(string place)
    {
        var file = repositories.ParsePlace(place);
        if (repositories.WhyNot(file.Repository) is { } reason)
        {
            throw new PlaceFault(reason);
        }

        return place.StartsWith("git:", StringComparison.Ordinal) || repositories.ReadsByGit(file.Repository) ? file : null;
    }

    private static string FolderOf(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "";

    [SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "It never leaves this class.")]
    private sealed class PlaceFault(string message) : Exception(message);
}

/// <param name="Start">The path of the entity's own part of the site.</param>
/// <param name="WhyNot">Why there is no place.</param>
internal sealed record FoundDocs(DocsPlace? Place, string Start, string? WhyNot)
{
    public static FoundDocs Nowhere(string reason) => new(null, "", reason);
}

/// <summary>What entities say of their documentation.</summary>
internal static class Annotations
{
    public const string Reference = "backstage.io/techdocs-ref";
    public const string OfEntity = "backstage.io/techdocs-entity";
    public const string EntityPath = "backstage.io/techdocs-entity-path";
    public const string Decisions = "backstage.io/adr-location";
}
