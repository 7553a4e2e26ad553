using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Plugins;

namespace Acme.Chaos;

/// <summary>
/// Somebody else's plugin with everything in it that may go wrong. It is dropped into the folder of portals under test,
/// which must run on whatever it does.
/// </summary>
public sealed class ChaosPlugin : IPlugin
{
    public PluginInfo Info { get; } = new("chaos", "Chaos", "Breaks things, to show that nothing else breaks.") { Owner = "Acme" };

    [SuppressMessage("Usage", "CA2201", Justification = "The most careless of exceptions is what is wanted.")]
    public void Configure(PluginBuilder plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        plugin.Options<ChaosOptions>();
        plugin.Services.AddSingleton<Replica>();
        plugin.Services.AddSingleton<ChaosStore>();
        plugin.Navigation(new NavigationItem("Chaos", "/chaos") { Icon = "bolt", Order = 900 });
        plugin.Slot(HomeSlots.Cards, typeof(HealthyCard), "Healthy");
        plugin.Slot(HomeSlots.Cards, typeof(BrokenCard), "Broken");
        plugin.Job<Beat>(
            new JobSchedule { Every = TimeSpan.FromSeconds(2), InitialDelay = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromMinutes(1) },
            "Writes one row for each firing.");
        plugin.Job<LongRun>(
            new JobSchedule { Every = TimeSpan.FromHours(12), InitialDelay = Told("CHAOS_RUNS_LONG") ? TimeSpan.FromSeconds(1) : TimeSpan.FromHours(12), Timeout = TimeSpan.FromMinutes(5) },
            "Takes a minute, so that it can be interrupted.");
        plugin.Job<Explode>(
            new JobSchedule { Every = TimeSpan.FromHours(12), InitialDelay = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromMinutes(1) },
            "Throws.");
        plugin.Operation<SlowOperation>("slow");
        plugin.Api(ChaosApi.Map);

        // A plugin sees no configuration before it is configured; the environment is there always.
        if (Told("CHAOS_THROWS_IN_CONFIGURE"))
        {
            throw new Exception("Chaos was told to fail in Configure.");
        }

        if (Told("CHAOS_THROWS_AT_START"))
        {
            plugin.OnStart((_, _) => throw new Exception("Chaos was told to fail at start."));
        }
    }

    private static bool Told(string variable) => Environment.GetEnvironmentVariable(variable) is "true";
}

public sealed class ChaosOptions
{
    /// <summary>How long each item of the slow operation takes.</summary>
    public int ItemMilliseconds { get; set; } = 50;
}

/// <summary>Which process this is, so that rows tell who wrote them.</summary>
internal sealed class Replica
{
    public string Name { get; } = Environment.ProcessId.ToString();
}
