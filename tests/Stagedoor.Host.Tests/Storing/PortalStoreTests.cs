using Stagedoor.Host.Loading;
using Stagedoor.Plugins;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Host.Tests.Storing;

/// <summary>Tests of what the host keeps: each has a database of its own, with the host's tables.</summary>
public abstract class PortalStoreTests(TestDatabase fixture) : IAsyncLifetime
{
    protected TestDatabase Fixture => fixture;

    protected IDatabase Database => fixture.Database;

    public virtual async ValueTask InitializeAsync()
    {
        await fixture.InitializeAsync();
        await fixture.Migrate("portal", typeof(PluginRegistry).Assembly);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await fixture.DisposeAsync();
    }
}
