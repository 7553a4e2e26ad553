using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stagedoor.Graph.Cards;
using Stagedoor.Graph.Impact;
using Stagedoor.Graph.Views;
using Stagedoor.Plugins;

namespace Stagedoor.Graph;

/// <summary>What talks to what: the catalog's relations as a picture, and what depends on what.</summary>
public sealed partial class GraphPlugin : IPlugin
{
    /// <summary>The catalog's own: who may see entities may see what they have to do with each other.</summary>
    internal const string ReadName = "catalog.entity.read";

    internal static readonly Permission Read = new(ReadName, "See entities, their history, and where they come from.");

    public PluginInfo Info { get; } = new("graph", "Graph", "What talks to what, and what depends on it.") { Owner = "Stagedoor", Needs = ["catalog"] };

    /// <summary>Whether the layout of pictures was there when this was built.</summary>
    internal static bool HasLayout { get; } = typeof(GraphPlugin).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Any(data => data.Key == "NpmAssets");

    public void Configure(PluginBuilder plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        plugin.Options<GraphOptions>();
        plugin.Services.AddSingleton<GraphViews>();
        plugin.Navigation(new NavigationItem("Graph", GraphAddress.Page) { Icon = "graph", Order = 12, Permission = Read });
        plugin.Services.AddSingleton<ImpactAnalysis>();
        plugin.Services.AddSingleton<Talks>();
        plugin.Slot(EntitySlots.Cards, typeof(RelationsCard), title: "What talks to what", order: 20, span: 7, permission: Read, name: "relations");
        plugin.Slot(EntitySlots.Tabs, typeof(ImpactTab), title: "Impact", order: 40, permission: Read, name: GraphAddress.ImpactTab, when: entity => ImpactAnalysis.AppliesTo(entity.Kind), count: CountImpact);
        plugin.Api(api =>
        {
            api.MapImpact();
            api.MapGet("/view", ViewEndpoint.Handle).WithName("GetGraphView").WithSummary("What talks to what, ready to be drawn.").Requires(Read)
            .Produces(StatusCodes.Status200OK, contentType: "application/json").ProducesProblem(StatusCodes.Status400BadRequest);
        });
        plugin.OnStart((services, _) =>
        {
            if (!HasLayout)
            {
                LogWithoutLayout(services.GetRequiredService<ILoggerFactory>().CreateLogger<GraphPlugin>());
            }

            return Task.CompletedTask;
        });
    }

    private static ValueTask<long?> CountImpact(IServiceProvider services, object context, Caller caller, CancellationToken cancellationToken) =>
        services.GetRequiredService<ImpactAnalysis>().Count(((Entity)context).Ref, caller, cancellationToken);

    [LoggerMessage(LogLevel.Warning, "The graph draws simpler pictures: npm was not there when the portal was built. Install Node.js with npm and build again.")]
    private static partial void LogWithoutLayout(ILogger logger);
}
