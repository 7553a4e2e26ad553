using Stagedoor.Plugins;

namespace Stagedoor.Host.Loading;

/// <summary>Which plugins administrators have disabled. It takes effect at the next start of each replica.</summary>
internal sealed class PluginSwitch(IDatabase database, IAudit audit, TimeProvider clock)
{
    /// <summary>What stands on a plugin that was disabled here.</summary>
    public const string Reason = "Disabled on this page by an administrator.";

    public Task<IReadOnlyList<string>> Disabled(CancellationToken cancellationToken) =>
        database.Query<string>("select plugin_id from portal_disabled_plugins order by plugin_id", cancellationToken);

    public Task Disable(LoadedPlugin plugin, Caller by, CancellationToken cancellationToken) => database.Transaction(
        async transaction =>
        {
            var changed = await transaction.Execute(
                "insert into portal_disabled_plugins (plugin_id, disabled_by, disabled_at) values (@Id, @By, @Now) on conflict (plugin_id) do nothing",
                new { plugin.Id, By = by.Ref, Now = clock.GetUtcNow() },
                cancellationToken);
            if (changed > 0)
            {
                await audit.Record(transaction, new AuditEntry(by, "plugins.disabled", plugin.Info.Name), cancellationToken);
            }
        },
        cancellationToken);

    public Task Enable(LoadedPlugin plugin, Caller by, CancellationToken cancellationToken) => database.Transaction(
        async transaction =>
        {
            var changed = await transaction.Execute("delete from portal_disabled_plugins where plugin_id = @Id", new { plugin.Id }, cancellationToken);
            if (changed > 0)
            {
                await audit.Record(transaction, new AuditEntry(by, "plugins.enabled", plugin.Info.Name), cancellationToken);
            }
        },
        cancellationToken);
}
