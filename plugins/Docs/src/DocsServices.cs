using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Docs.Markdown;
using Stagedoor.Docs.Places;
using Stagedoor.Docs.Reading;
using Stagedoor.Docs.Rendering;
using Stagedoor.Docs.Sites;

namespace Stagedoor.Docs;

internal static class DocsServices
{
    public static IServiceCollection AddDocsReading(this IServiceCollection services) => services
        .AddSingleton(_ => new MarkdownRenderer(Tables.Load()))
        .AddSingleton<PageRendering>()
        .AddSingleton<DiagramAddresses>()
        .AddSingleton<DocsPlaces>()
        .AddSingleton<SiteShelf>()
        .AddSingleton<DocsReading>();
}
