using Stagedoor.Plugins;

namespace Stagedoor.Host.Identity;

/// <summary>The host's own read filter: whoever has an identity sees everything. A plugin may provide a stricter one.</summary>
internal sealed class EverythingToKnownCallers : IReadFilter
{
    public ValueTask<ReadScope> ScopeOf(Caller caller, CancellationToken cancellationToken) =>
        ValueTask.FromResult(caller.IsKnown ? ReadScope.Everything : ReadScope.Nothing);
}
