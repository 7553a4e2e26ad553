using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Access;

/// <summary>Whoever has an identity sees every entity; nobody else sees any.</summary>
internal sealed class EverythingForTheKnown : IReadFilter
{
    public ValueTask<ReadScope> ScopeOf(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return ValueTask.FromResult(caller.IsKnown ? ReadScope.Everything : ReadScope.Nothing);
    }
}

/// <summary>What the host needs to say which entities a caller may see.</summary>
internal static class AccessServices
{
    public static IServiceCollection AddReadFilter(this IServiceCollection services) => services.AddSingleton<IReadFilter, EverythingForTheKnown>();
}
