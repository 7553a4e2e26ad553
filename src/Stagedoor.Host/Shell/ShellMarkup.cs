using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.HtmlRendering.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Stagedoor.Host.Shell;

/// <summary>
/// The parts of the shell that are the same from page to page for one reader, rendered once. They are most of the components
/// of a page, and drawing them anew each time would be most of its cost.
/// </summary>
internal sealed class ShellMarkup(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    /// <summary>Some 5 KB each. Beyond this all are forgotten: more readers than this are rarely about at once.</summary>
    private const int MaxKept = 2000;

    private readonly ConcurrentDictionary<(Type, object), MarkupString> _kept = new();

    /// <param name="key">Everything that the markup depends on, compared by value; null when it is not worth keeping.</param>
    public ValueTask<MarkupString> Of<TComponent>(object? key, ResourceAssetCollection assets, Func<Dictionary<string, object?>> parameters)
        where TComponent : IComponent =>
        key is not null && _kept.TryGetValue((typeof(TComponent), key), out var kept) ? ValueTask.FromResult(kept) : Render<TComponent>(key, assets, parameters());

    private async ValueTask<MarkupString> Render<TComponent>(object? key, ResourceAssetCollection assets, Dictionary<string, object?> parameters)
        where TComponent : IComponent
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new ShellRenderer(scope.ServiceProvider, loggers, assets);
        var markup = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = renderer.BeginRenderingComponent(typeof(TComponent), ParameterView.FromDictionary(parameters));
            await root.QuiescenceTask;
            return (MarkupString)root.ToHtmlString();
        });
        if (key is not null)
        {
            if (_kept.Count >= MaxKept)
            {
                _kept.Clear();
            }

            _kept[(typeof(TComponent), key)] = markup;
        }

        return markup;
    }

    private sealed class ShellRenderer(IServiceProvider services, ILoggerFactory loggers, ResourceAssetCollection assets)
        : StaticHtmlRenderer(services, loggers)
    {
        protected override ResourceAssetCollection Assets => assets;
    }
}
