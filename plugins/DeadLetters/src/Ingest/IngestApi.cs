using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Stagedoor.DeadLetters.Configuration;
using Stagedoor.DeadLetters.Understanding;
using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters.Ingest;

/// <summary>POST /api/dead-letters/ingest: dead letters of other transports. Handing the same in twice does no harm.</summary>
internal static class IngestApi
{
    public static void MapIngest(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/ingest", Handle).WithName("IngestDeadLetters").WithTags("dead-letters")
            .WithSummary("Hands in dead letters, as a JSON array. All are taken, or none.").Requires(DeadLetterPermissions.Ingest);

    private static async Task<Results<Ok<IngestAnswer>, ValidationProblem, ProblemHttpResult>> Handle(
        HttpRequest request, IOptions<DeadLettersOptions> options, IEnvironments environments, Keeping keeping, TimeProvider time, CancellationToken cancellationToken)
    {
        var limits = options.Value.Ingest;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limits.MostMegabytes * 1024L * 1024;
        }

        IngestReading reading;
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, new JsonDocumentOptions { MaxDepth = 64 }, cancellationToken);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                return Refuse("The body is a JSON array of messages, [{ \"env\": \"dev\", \"queue\": … }].", StatusCodes.Status400BadRequest, "Not understood");
            }

            if (document.RootElement.GetArrayLength() > limits.MostMessages)
            {
                return Refuse(
                    string.Create(CultureInfo.InvariantCulture, $"One request carries at most {limits.MostMessages} messages, and this one has {document.RootElement.GetArrayLength()}. Send them in parts."),
                    StatusCodes.Status413PayloadTooLarge, "Too many");
            }

            reading = IngestReading.Of(document.RootElement, environments, time.GetUtcNow());
        }
        catch (JsonException unreadable)
        {
            return Refuse($"The body is no JSON: {unreadable.Message}", StatusCodes.Status400BadRequest, "Not understood");
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Refuse(string.Create(CultureInfo.InvariantCulture, $"One request has at most {limits.MostMegabytes} MB. Send the messages in parts."), StatusCodes.Status413PayloadTooLarge, "Too large");
        }

        if (reading.Mistakes.Count > 0)
        {
            return TypedResults.ValidationProblem(reading.Mistakes, "None of the messages was taken.", title: "Some messages are not right");
        }

        if (reading.Arrivals.Count == 0)
        {
            return TypedResults.Ok(new IngestAnswer([], 0));
        }

        try
        {
            var kept = await keeping.Keep(reading.Arrivals, cancellationToken);
            return kept.Refused.Count == 0
                ? TypedResults.Ok(new IngestAnswer(kept.Ids, kept.Duplicates))
                : TypedResults.ValidationProblem(
                    kept.Refused.ToDictionary(one => string.Create(CultureInfo.InvariantCulture, $"[{one.Index}]"), one => new[] { $"The database refuses it: {one.Reason}" }, StringComparer.Ordinal),
                    "The others were taken; sending all again does no harm.", title: "Some messages cannot be kept");
        }
        catch (DatabaseUnavailableException away)
        {
            return Refuse($"{away.Message} Send the messages again later; those that were taken are recognised.", StatusCodes.Status503ServiceUnavailable, "Not now");
        }
    }

    private static ProblemHttpResult Refuse(string detail, int status, string title) => TypedResults.Problem(detail, statusCode: status, title: title);
}

/// <param name="Ids">Of the new messages, in order.</param>
/// <param name="Duplicates">How many were known already.</param>
internal sealed record IngestAnswer(IReadOnlyList<long> Ids, int Duplicates);
