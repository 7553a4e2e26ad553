using Stagedoor.Plugins;

namespace Stagedoor.Host.Identity;

/// <summary>Whoever has an identity sees every entity; nobody else sees any.</summary>
internal sealed class EverythingForTheKnown : IReadFilter
{
    public ValueTask<EntityFilter> ScopeOf(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return ValueTask.FromResult(caller.IsKnown ? EntityFilter.Everything : EntityFilter.Nothing);
    }
}
