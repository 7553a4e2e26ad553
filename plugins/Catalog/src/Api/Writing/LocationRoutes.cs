using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Stagedoor.Catalog.Api.Reading;
using Stagedoor.Catalog.Engine.Sources;
using Stagedoor.Catalog.Reading;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.Writing;

/// <summary>Registered locations, as Backstage's clients know them.</summary>
internal static class LocationRoutes
{
    private static readonly System.Collections.Frozen.FrozenSet<string> OfCreating = Parameters.Known("dryRun", "onConflict");

    public static async Task<IResult> Create(HttpContext context, Locations locations, LocationPreview preview, Visibility visibility, IOptions<CatalogOptions> options, Caller caller)
    {
        var query = new Parameters(context, OfCreating);
        var isDryRun = IsYes(query.One("dryRun"));
        var onConflict = query.One("onConflict") switch
        {
            null => options.Value.DefaultLocationConflictStrategy,
            "refresh" => LocationConflictStrategy.Refresh,
            "reject" => LocationConflictStrategy.Reject,
            var other => throw ApiFault.Input($"onConflict must be refresh or reject, not '{other}'"),
        };
        var (type, target, isOptional) = await Input(context, locations);
        if (isDryRun)
        {
            return await Preview(locations, preview, visibility, type, target, caller, context.RequestAborted);
        }

        RefuseReadonly(options.Value);
        if (await locations.Find(type, target, context.RequestAborted) is { } former)
        {
            if (onConflict == LocationConflictStrategy.Reject)
            {
                throw ApiFault.Conflict($"Location {type}:{target} already exists");
            }

            await locations.Refresh(former.Id, caller, context.RequestAborted);
            return Created(former, []);
        }

        var (location, _) = await locations.Register(type, target, isOptional, caller, context.RequestAborted);
        return Created(location, []);
    }

    public static async Task<IResult> List(HttpContext context, Locations locations)
    {
        Parameters.RefuseAll(context);
        return Results.Json((await locations.All(context.RequestAborted)).Select(location => new { data = location }), JsonSerializerOptions.Web);
    }

    public static async Task<IResult> Query(HttpContext context, Locations locations)
    {
        Parameters.RefuseAll(context);
        var query = await LocationQuery.Read(context);
        var matching = (await locations.All(context.RequestAborted)).Where(query.Matches).ToList();
        var rest = matching.Where(location => query.AfterId is null || string.CompareOrdinal(location.Id.ToString(), query.AfterId) > 0).OrderBy(location => location.Id.ToString(), StringComparer.Ordinal).ToList();
        var items = rest.Take(query.Limit).ToList();
        return Results.Json(
            new { items, totalItems = matching.Count, pageInfo = new PageInfo(rest.Count > items.Count ? query.Next(items[^1].Id) : null) }, Absent);
    }

    public static async Task<IResult> Get(HttpContext context, string id, Locations locations)
    {
        Parameters.RefuseAll(context);
        return Results.Json(await Find(id, locations, context.RequestAborted), JsonSerializerOptions.Web);
    }

    public static async Task<IResult> Update(HttpContext context, string id, Locations locations, IOptions<CatalogOptions> options, Caller caller)
    {
        Parameters.RefuseAll(context);
        var (type, target, _) = await Input(context, locations);
        RefuseReadonly(options.Value);
        var former = await Find(id, locations, context.RequestAborted);
        if (await locations.Find(type, target, context.RequestAborted) is { } taken && taken.Id != former.Id)
        {
            throw ApiFault.Conflict($"Location {type}:{target} already exists");
        }

        return Results.Json(await locations.Change(former.Id, type, target, caller, context.RequestAborted) ?? throw NotFound(id), JsonSerializerOptions.Web);
    }

    /// <summary>Whoever registered a location may take it back; any other only who may unregister all.</summary>
    public static async Task<IResult> Delete(HttpContext context, string id, Locations locations, IOptions<CatalogOptions> options, Caller caller)
    {
        Parameters.RefuseAll(context);
        RefuseReadonly(options.Value);
        var location = await Find(id, locations, context.RequestAborted);
        if (!caller.May(CatalogPermissions.Unregister) && await locations.RegisteredBy(location.Id, context.RequestAborted) != caller.Ref.ToString())
        {
            throw ApiFault.NotAllowed("Somebody else registered this location. Ask them, or an administrator of the portal.");
        }

        await locations.Unregister(location.Id, caller, context.RequestAborted);
        return Results.NoContent();
    }

    public static async Task<IResult> Going(HttpContext context, string id, Locations locations, Visibility visibility, Caller caller)
    {
        Parameters.RefuseAll(context);
        var location = await Find(id, locations, context.RequestAborted);
        var going = await locations.GoingWith(location.Id, context.RequestAborted);
        return Results.Json(new { entityRefs = await visibility.Only(going, EntityRef.Parse, caller, context.RequestAborted) }, JsonSerializerOptions.Web);
    }

    public static async Task<IResult> ByEntity(HttpContext context, string kind, string @namespace, string name, Locations locations, ICatalog catalog, Caller caller)
    {
        Parameters.RefuseAll(context);
        var entity = new EntityRef(kind, @namespace, name);
        var found = await catalog.Find(entity, caller, context.RequestAborted) ?? throw ApiFault.NotFound($"found no entity for ref {entity}");
        var origin = found.Annotation("backstage.io/managed-by-origin-location") ?? throw ApiFault.NotFound($"found no origin annotation for ref {entity}");
        var colon = origin.IndexOf(':', StringComparison.Ordinal);
        var (type, target) = (origin[..Math.Max(colon, 0)], origin[(colon + 1)..]);
        return Results.Json(
            await locations.Find(type, target, context.RequestAborted) ?? throw ApiFault.NotFound($"Found no location with type {type} and target {target}"), JsonSerializerOptions.Web);
    }

    private static readonly JsonSerializerOptions Absent = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    private static async Task<IResult> Preview(Locations locations, LocationPreview preview, Visibility visibility, string type, string target, Caller caller, CancellationToken cancellationToken)
    {
        var exists = await locations.Find(type, target, cancellationToken) is not null;
        IReadOnlyList<JsonElement> entities;
        try
        {
            entities = await visibility.OrNew(await preview.Read(type, target, cancellationToken), RefOf, caller, cancellationToken);
        }
        catch (PlaceException e)
        {
            throw ApiFault.Input(e.Message);
        }

        return Results.Json(
            new { location = new { id = $"{type}:{target}", type, target, entityRef = GeneratedLocation.Ref(type, target).ToString() }, entities, exists },
            JsonSerializerOptions.Web,
            statusCode: StatusCodes.Status201Created);
    }

    internal static EntityRef RefOf(JsonElement entity) => new Entity(JsonSerializer.SerializeToUtf8Bytes(entity)).Ref;

    private static IResult Created(Location location, IReadOnlyList<JsonElement> entities) =>
        Results.Json(new { location, entities }, JsonSerializerOptions.Web, statusCode: StatusCodes.Status201Created);

    private static async Task<(string Type, string Target, bool IsOptional)> Input(HttpContext context, Locations locations)
    {
        var body = await JsonBody.Read(context);
        body.Only("type", "target", "presence");
        var (type, target, presence) = (body.Text("type"), body.Text("target"), body.TryText("presence"));
        if (presence is not (null or "required" or "optional"))
        {
            throw ApiFault.Input("Malformed request: 'presence' must be required or optional");
        }

        if (!Locations.AllowedTypes.Contains(type))
        {
            throw ApiFault.Input($"Registered locations must be of an allowed type {JsonSerializer.Serialize(Locations.AllowedTypes)}");
        }

        return locations.WhyNot(type, target) is { } whyNot ? throw ApiFault.Input(whyNot) : (type, target, presence == "optional");
    }

    private static async Task<Location> Find(string id, Locations locations, CancellationToken cancellationToken) =>
        (Guid.TryParse(id, out var parsed) ? await locations.Find(parsed, cancellationToken) : null) ?? throw NotFound(id);

    private static ApiFault NotFound(string id) => ApiFault.NotFound($"Found no location with ID {id}");

    private static void RefuseReadonly(CatalogOptions options)
    {
        if (options.Readonly)
        {
            throw ApiFault.NotAllowed("This operation not allowed in readonly mode");
        }
    }

    private static bool IsYes(string? text) => text?.ToLowerInvariant() is "y" or "yes" or "true" or "1" or "on";

    private sealed record PageInfo(string? NextCursor);
}
