using Microsoft.Extensions.DependencyInjection;
using Stagedoor.DeadLetters.Bodies;
using Stagedoor.DeadLetters.Configuration;
using Stagedoor.DeadLetters.Ingest;
using Stagedoor.DeadLetters.Store;
using Stagedoor.DeadLetters.Understanding;
using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters;

/// <summary>Messages that services could not handle: seen, understood, and one day sent again.</summary>
public sealed class DeadLettersPlugin : IPlugin
{
    public PluginInfo Info { get; } = new("dead-letters", "Dead letters", "What services could not handle, to see, to understand and to send again.")
    {
        Owner = "Stagedoor", Needs = ["catalog"],
    };

    public void Configure(PluginBuilder plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        plugin.Options<DeadLettersOptions>();
        plugin.Permission(DeadLetterPermissions.Read, Role.Everyone);
        plugin.Permission(DeadLetterPermissions.ReadSensitive, Role.Administrator);
        plugin.Permission(DeadLetterPermissions.Ingest, Role.Administrator);
        plugin.Services.AddSingleton<IncomingStore>();
        plugin.Services.AddSingleton<MessageStore>();
        plugin.Services.AddSingleton<MessageDeeds>();
        plugin.Services.AddSingleton<Overview>();
        plugin.Services.AddSingleton<ServiceNaming>();
        plugin.Services.AddSingleton<Owners>();
        plugin.Services.AddSingleton<OwnerUpdates>();
        plugin.Services.AddSingleton<Reading>();
        plugin.Services.AddSingleton<MessageLinks>();
        plugin.Services.AddSingleton<Keeping>();
        plugin.Services.AddSingleton<BrokerStates>();
        plugin.Services.AddSingleton<BodySchemas>();
        plugin.Services.AddSingleton<Masking>();
        plugin.Services.AddSingleton<BodyReading>();
        plugin.Background<ReadBrokers>();
        plugin.HealthCheck<BrokerHealth>("brokers");
        plugin.OnStart(StartCheck.Run);
        plugin.Api(api => api.MapIngest());
        plugin.On<CatalogChanged, FollowOwners>();
        plugin.Job<RefreshOwners>(every: TimeSpan.FromMinutes(15), timeout: TimeSpan.FromMinutes(5), "Finds who owns the services that dead letters belong to.");
        plugin.Job<PruneMessages>(every: TimeSpan.FromHours(1), timeout: TimeSpan.FromMinutes(30), "Forgets dead letters whose retention is over.");
    }
}
