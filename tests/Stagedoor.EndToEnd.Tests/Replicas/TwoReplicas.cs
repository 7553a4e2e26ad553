using Stagedoor.EndToEnd.Tests.Portals;
using Stagedoor.Testing.Databases;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.Replicas;

/// <summary>Two portals on one PostgreSQL, started at the same moment, with the plugin that breaks things in both.</summary>
internal sealed class TwoReplicas : IAsyncDisposable
{
    private readonly TemporaryPostgres _database;

    private TwoReplicas(TemporaryPostgres database, PortalProcess first, PortalProcess second)
    {
        _database = database;
        First = first;
        Second = second;
    }

    public PortalProcess First { get; }

    public PortalProcess Second { get; }

    public static async Task<TwoReplicas> Start(IReadOnlyDictionary<string, string?> variables, CancellationToken cancellationToken)
    {
        var database = await TemporaryPostgres.Create(cancellationToken);
        var options = new PortalProcessOptions { Postgres = database.ConnectionString, PluginFolders = [ChaosPlugin.Published], Variables = variables };
        var replicas = new TwoReplicas(database, PortalProcess.Launch(options), PortalProcess.Launch(options));
        try
        {
            await replicas.First.UntilReady(cancellationToken);
            await replicas.Second.UntilReady(cancellationToken);
            return replicas;
        }
        catch
        {
            await replicas.DisposeAsync();
            throw;
        }
    }

    /// <summary>The one that wrote a row, and the other.</summary>
    public (PortalProcess Writer, PortalProcess Other) By(string replica) =>
        First.ProcessId.ToString() == replica ? (First, Second) : (Second, First);

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        await _database.DisposeAsync();
    }
}
