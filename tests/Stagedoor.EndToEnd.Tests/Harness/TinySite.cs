using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Stagedoor.EndToEnd.Tests.Harness;

/// <summary>A site of one page, to see whether the harness sees what is wrong with it.</summary>
internal sealed class TinySite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TinySite(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<TinySite> Serve(string html, string policy = "default-src 'self'")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/", (HttpContext context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = policy;
            return Results.Content(html, "text/html; charset=utf-8");
        });
        app.MapGet("/favicon.ico", () => Results.NoContent());
        app.MapGet("/style.css", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "max-age=3600";
            return Results.Content(new string(' ', 20_000) + "body { color: black }", "text/css");
        });
        await app.StartAsync();
        return new TinySite(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
