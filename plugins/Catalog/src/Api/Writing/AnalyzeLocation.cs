using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stagedoor.Catalog.Api.Reading;
using Stagedoor.Catalog.Engine.Sources;
using Stagedoor.Catalog.Reading;
using Stagedoor.Plugins;
using Stagedoor.Sources;

namespace Stagedoor.Catalog.Api.Writing;

/// <summary>
/// <c>POST /analyze-location</c>: the catalog files of a repository and whether they are registered; if there are none, or it cannot be
/// read, an entity to begin with.
/// </summary>
internal static class AnalyzeLocation
{
    private const string ManagedBy = "backstage.io/managed-by-location";

    public static async Task<IResult> Handle(HttpContext context, IRepositories repositories, LocationPreview preview, ICatalog catalog, Visibility visibility, Caller caller)
    {
        Parameters.RefuseAll(context);
        var body = await JsonBody.Read(context);
        body.Only("location", "catalogFilename", "catalogFileName");
        if (!body.TryGetProperty("location", out var location) || location.ValueKind != JsonValueKind.Object)
        {
            throw ApiFault.Input("Malformed request: 'location' is required, with type and target");
        }

        _ = location.Text("type");
        var target = location.Text("target");
        if (!Uri.TryCreate(target, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw ApiFault.Input("The given location.target is not a URL");
        }

        var file = body.TryText("catalogFilename") ?? body.TryText("catalogFileName");
        var repository = repositories.Locate(address)?.Repository.Url ?? target;
        IReadOnlyList<JsonElement> existing;
        try
        {
            var read = await preview.Read("git", file is null ? repository : $"{repository}?path={Uri.EscapeDataString(file)}", context.RequestAborted);
            existing = await visibility.OrNew([.. read.Skip(1)], LocationRoutes.RefOf, caller, context.RequestAborted);
        }
        catch (PlaceException)
        {
            existing = [];
        }

        return Results.Json(
            existing.Count > 0
                ? new { existingEntityFiles = (object)await Existing(existing, catalog, caller, context.RequestAborted), generateEntities = (object)Array.Empty<object>() }
                : new { existingEntityFiles = (object)Array.Empty<object>(), generateEntities = (object)new[] { Proposal(address) } },
            JsonSerializerOptions.Web);
    }

    private static async Task<IReadOnlyList<object>> Existing(IReadOnlyList<JsonElement> entities, ICatalog catalog, Caller caller, CancellationToken cancellationToken)
    {
        var files = new List<object>();
        foreach (var entity in entities)
        {
            var read = new Entity(JsonSerializer.SerializeToUtf8Bytes(entity));
            var place = read.Annotation(ManagedBy) ?? "";
            var known = await catalog.Find(read.Ref, caller, cancellationToken);
            files.Add(new
            {
                entity,
                isRegistered = known?.Annotation(ManagedBy) == place,
                location = new { type = "url", target = place[(place.IndexOf(':', StringComparison.Ordinal) + 1)..] },
            });
        }

        return files;
    }

    private static object Proposal(Uri address)
    {
        var steps = address.AbsolutePath.Trim('/').Split('/');
        var name = steps.Length > 1 ? steps[1] : steps[0];
        name = name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name;
        var slug = steps.Length > 1 ? $"{steps[0]}/{name}" : name;
        var prefix = address.Host switch
        {
            "github.com" => "github.com",
            "gitlab.com" => "gitlab.com",
            "bitbucket.org" => "bitbucket.org",
            "dev.azure.com" => "dev.azure.com",
            _ => null,
        };
        object metadata = prefix is null ? new { name } : new { name, annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [$"{prefix}/project-slug"] = slug } };
        return new
        {
            entity = new { apiVersion = "backstage.io/v1alpha1", kind = "Component", metadata, spec = new { type = "other", lifecycle = "unknown" } },
            fields = Array.Empty<object>(),
        };
    }
}
