using System.Data.Common;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stagedoor.Host.Shell;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Http;

/// <summary>
/// Gives an answer that has a status and no body a designed one: a page for a person, ProblemDetails for a program. An
/// exception becomes the status it means, and is logged once, here.
/// </summary>
internal sealed class StatusPages(RequestDelegate next, ILogger<StatusPages> log)
{
    private const int ClientClosedRequest = 499;

    public async Task Invoke(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (!context.Response.HasStarted && e is not OutOfMemoryException)
        {
            // What the endpoint has said of its answer, headers and cookies included, is not true of this one.
            context.Response.Clear();
            ResponseHeaders.Set(context);
            Answer(context, e);
        }

        var response = context.Response;
        if (response.HasStarted || response.StatusCode < 400 || response.StatusCode == ClientClosedRequest
            || response.ContentLength > 0 || !string.IsNullOrEmpty(response.ContentType))
        {
            return;
        }

        var problem = Problem.Of(context);
        if (problem.RetryAfter is { } seconds && response.Headers.RetryAfter.Count == 0)
        {
            response.Headers.RetryAfter = seconds.ToString();
        }

        response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        if (IsForPerson(context.Request))
        {
            await Draw(context, problem);
        }
        else if (context.GetEndpoint()?.Metadata.GetMetadata<IErrorForm>() is { } form)
        {
            await form.Write(context, problem.Status, problem.Detail);
        }
        else
        {
            await TypedResults.Problem(
                problem.Detail, context.Request.Path, problem.Status, problem.Title,
                extensions: [new KeyValuePair<string, object?>("requestId", context.TraceIdentifier)]).ExecuteAsync(context);
        }
    }

    /// <summary>A page that broke may have been drawn half, and its services cannot draw another; so this one gets its own.</summary>
    private static async Task Draw(HttpContext context, Problem problem)
    {
        context.Features.Set(problem);

        // Set by the page that found nothing to show, and set again by this one.
        context.Response.Headers.Remove("blazor-enhanced-nav");
        var before = context.RequestServices;
        await using var scope = before.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            await new RazorComponentResult<StatusDocument> { StatusCode = context.Response.StatusCode, PreventStreamingRendering = true }.ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = before;
        }
    }

    private void Answer(HttpContext context, Exception e)
    {
        var response = context.Response;
        switch (e)
        {
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                response.StatusCode = ClientClosedRequest;
                return;
            case BadHttpRequestException bad:
                response.StatusCode = bad.StatusCode;
                context.Features.Set(new BadRequestReason(bad.Message));
                return;
            case AntiforgeryValidationException:
                response.StatusCode = StatusCodes.Status400BadRequest;
                context.Features.Set(new BadRequestReason("The form was out of date: the portal was set up anew since the page was loaded. Go back, reload the page, and send it again."));
                return;
            case var _ when IsDatabaseAway(e):
                response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Features.Set(new DatabaseAway());
                log.LogWarning("{Method} {Path} could not be answered: {Reason}", context.Request.Method, context.Request.Path, e.Message);
                return;
            default:
                log.LogError(e, "{Method} {Path} failed, request {RequestId}", context.Request.Method, context.Request.Path, context.TraceIdentifier);
                response.StatusCode = StatusCodes.Status500InternalServerError;
                return;
        }
    }

    /// <summary>A library with a connection of its own, such as the scheduler, tells it in its own exception.</summary>
    private static bool IsDatabaseAway(Exception? e) =>
        e is DatabaseUnavailableException or DbException { IsTransient: true } || (e?.InnerException is { } inner && IsDatabaseAway(inner));

    private static bool IsForPerson(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api")
        && !request.Path.StartsWithSegments("/fragments")
        && request.Headers.Accept.ToString() is var accept
        && accept.Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
