using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api;

/// <summary>Tells what went wrong in the shape that Backstage's clients read, wherever the catalog API itself refuses.</summary>
internal static class BackstageErrors
{
    public const string Json = "application/json; charset=utf-8";

    public static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static RouteGroupBuilder AnswerErrorsAsBackstage(this RouteGroupBuilder routes) => routes.WithMetadata(new Form()).AddEndpointFilter(async (context, next) =>
    {
        try
        {
            return await next(context);
        }
        catch (ApiFault fault) when (!context.HttpContext.Response.HasStarted)
        {
            return new Refusal(fault);
        }
        catch (BadHttpRequestException bad) when (!context.HttpContext.Response.HasStarted)
        {
            return new Refusal(new ApiFault(bad.StatusCode, bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "PayloadTooLargeError" : "InputError", bad.Message));
        }
    });

    public static Task Write(HttpContext context, ApiFault fault)
    {
        var response = context.Response;
        response.ContentLength = null;
        response.StatusCode = fault.Status;
        response.ContentType = Json;
        response.Headers.CacheControl = "no-store";
        using (var writer = new Utf8JsonWriter(response.BodyWriter, Writing))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error");
            writer.WriteString("name", fault.Name);
            writer.WriteString("message", fault.Message);
            writer.WriteEndObject();
            writer.WriteStartObject("request");
            writer.WriteString("method", context.Request.Method);
            writer.WriteString("url", context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? context.Request.Path);
            writer.WriteEndObject();
            writer.WriteStartObject("response");
            writer.WriteNumber("statusCode", fault.Status);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return response.BodyWriter.FlushAsync(context.RequestAborted).AsTask();
    }

    /// <summary>What the portal answers before or after a route, in the same shape.</summary>
    private sealed class Form : IErrorForm
    {
        Task IErrorForm.Write(HttpContext context, int status, string message) => BackstageErrors.Write(context, new ApiFault(status, NameOf(status), message));

        private static string NameOf(int status) => status switch
        {
            StatusCodes.Status400BadRequest => "InputError",
            StatusCodes.Status401Unauthorized => "AuthenticationError",
            StatusCodes.Status403Forbidden => "NotAllowedError",
            StatusCodes.Status404NotFound => "NotFoundError",
            StatusCodes.Status409Conflict => "ConflictError",
            StatusCodes.Status413PayloadTooLarge => "PayloadTooLargeError",
            StatusCodes.Status503ServiceUnavailable => "ServiceUnavailableError",
            _ => "Error",
        };
    }

    private sealed class Refusal(ApiFault fault) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => Write(httpContext, fault);
    }
}
