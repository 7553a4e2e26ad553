using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Stagedoor.Catalog.Engine.Refreshing;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.Hook;

/// <summary>
/// Reads what was touched at once. Whoever knows the secret may call it: the body is signed with HMAC SHA-256 in the header
/// <c>X-Stagedoor-Signature-256: sha256=…</c>. A storm of calls for one place is one reading.
/// </summary>
internal static class RefreshHook
{
    public const string SignatureHeader = "X-Stagedoor-Signature-256";
    private const int MostBytes = 64 * 1024;

    public static void MapRefreshHook(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/refresh-hook", Handle).WithName("RefreshHook").WithTags("catalog").WithSummary("Reads the location, file or repository that was touched, at once. Signed.").Public();

    private static async Task<Results<Accepted<HookAnswer>, ProblemHttpResult>> Handle(
        HttpRequest request, IOptions<CatalogOptions> options, IDatabase database, RefreshWork work, CancellationToken cancellationToken)
    {
        if (options.Value.RefreshHook.Secret is not { Length: > 0 } secret)
        {
            return TypedResults.Problem("The refresh hook is off: catalog.refreshHook.secret is not set.", statusCode: StatusCodes.Status404NotFound, title: "No hook");
        }

        if (await Body(request, cancellationToken) is not { } body)
        {
            return TypedResults.Problem($"The body is larger than {MostBytes} bytes.", statusCode: StatusCodes.Status413PayloadTooLarge, title: "Too large");
        }

        var expected = $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))}";
        var given = request.Headers[SignatureHeader].ToString();
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(given)))
        {
            return TypedResults.Problem(
                $"The header {SignatureHeader} does not fit the body. It is sha256= and the HMAC SHA-256 of the body with the secret, in hexadecimal.",
                statusCode: StatusCodes.Status401Unauthorized, title: "Not signed");
        }

        if (Read(body) is not { } touched)
        {
            return TypedResults.Problem(
                """The body is JSON with a location reference, {"location": "url:https://…"}, or a repository, {"repository": "https://…"}.""", statusCode: StatusCodes.Status400BadRequest, title: "Not understood");
        }

        var places = await Touched(touched, database, cancellationToken);
        await work.Add(places, new RefreshOrder { IsUrgent = true }, cancellationToken);
        return TypedResults.Accepted((string?)null, new HookAnswer(places.Count));
    }

    private static async Task<byte[]?> Body(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > MostBytes)
            {
                return null;
            }
        }

        return body.ToArray();
    }

    private static HookBody? Read(byte[] body)
    {
        try
        {
            using var document = JsonTexts.Parse(body);
            return document.Deserialize<HookBody>(JsonSerializerOptions.Web) is { } touched && (touched.Location ?? touched.Repository) is { Length: > 0 } ? touched : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The places that are the location, hold the file, or lie in the repository.</summary>
    private static async Task<IReadOnlyList<Guid>> Touched(HookBody touched, IDatabase database, CancellationToken cancellationToken)
    {
        if (touched.Location is { Length: > 0 } location)
        {
            return await database.Query<Guid>(
                """
                select id from catalog_places where orphan_since is null and (type || ':' || target = @location or target = @location)
                union select place_id from catalog_files where target = @location
                """,
                new { location },
                cancellationToken);
        }

        var address = touched.Repository!.TrimEnd('/');
        address = address.EndsWith(".git", StringComparison.OrdinalIgnoreCase) ? address[..^4] : address;
        return await database.Query<Guid>(
            """
            select id from catalog_places where orphan_since is null and (
                target = @address or substr(target, 1, length(@address) + 1) in (@address || '/', @address || '?')
                or target = @address || '.git' or substr(target, 1, length(@address) + 5) in (@address || '.git?', @address || '.git/'))
            """,
            new { address },
            cancellationToken);
    }

    private sealed record HookBody(string? Location, string? Repository);
}

/// <param name="Places">How many places are read because of it.</param>
internal sealed record HookAnswer(int Places);
