using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Docs.Rendering;
using Stagedoor.Plugins;
using Stagedoor.Sources;

namespace Stagedoor.Docs.Api;

/// <summary>Pictures of diagrams, drawn by the configured server, which only the portal speaks to.</summary>
internal static class DiagramEndpoint
{
    private const int MostBytes = 4 * 1024 * 1024;

    public static void MapDiagrams(this IEndpointRouteBuilder routes) => routes.MapGet("/diagrams/{language}/{encoded}", Handle)
        .WithName("GetDiagram").WithTags("docs").WithSummary("The picture of a diagram, from its language and its source as pages write it.")
        .Produces(StatusCodes.Status200OK, contentType: "image/svg+xml").ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status502BadGateway)
        .Requires(DocsPlugin.Read);

    private static async Task<IResult> Handle(string language, string encoded, HttpContext context, DiagramAddresses diagrams, IOutboundHttp outbound, CancellationToken cancellationToken)
    {
        if (diagrams.ServerOf(language, encoded) is not { } address)
        {
            return TypedResults.Problem("No server is configured that draws this (docs.kroki, docs.plantUml), or the address is none that a page has.", statusCode: StatusCodes.Status404NotFound);
        }

        try
        {
            var answer = await outbound.Get(address, new OutboundRequest { Accept = "image/svg+xml", MostBytes = MostBytes }, cancellationToken);
            if (answer.Status != StatusCodes.Status200OK || answer.ContentType?.StartsWith("image/svg+xml", StringComparison.OrdinalIgnoreCase) != true)
            {
                return TypedResults.Problem("The server that draws diagrams did not answer with a picture. The diagram may be written wrongly.", statusCode: StatusCodes.Status502BadGateway);
            }

            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox; frame-ancestors 'none'";
            context.Response.Headers.CacheControl = "private, max-age=86400";
            return TypedResults.Bytes(answer.Body, "image/svg+xml");
        }
        catch (OutboundException e)
        {
            return TypedResults.Problem(e.Message, statusCode: StatusCodes.Status502BadGateway);
        }
    }
}
