using System.IO.Enumeration;
using Microsoft.Extensions.Options;
using Stagedoor.Catalog.Engine.Refreshing;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Catalog.Model;

namespace Stagedoor.Catalog.Engine.Sources;

/// <summary>
/// Which kinds a source may declare: what the general rules say, and what its own add. What plugins tell is theirs to answer for.
/// </summary>
internal sealed class KindRules(IOptions<CatalogOptions> options)
{
    private static readonly IReadOnlyList<RuleOptions> Usual =
        [new RuleOptions { Allow = [new AllowedKind("Component", null), new AllowedKind("API", null), new AllowedKind("Location", null)] }];

    public IAllowedKinds For(SourceRow source)
    {
        if (source.Origin == SourceOrigin.Plugin)
        {
            return EveryKind.Allowed;
        }

        var general = (options.Value.Rules ?? Usual).Where(rule => Concerns(rule, source)).SelectMany(rule => rule.Allow);
        var own = source.ReadSettings().Allow?.Select(text => AllowedKind.Parse(text, provider: null)) ?? [];
        return new Listed([.. general, .. own]);
    }

    private static bool Concerns(RuleOptions rule, SourceRow source) =>
        rule.Locations is null || rule.Locations.Any(location =>
            (location.Type is null || location.Type == source.Type)
            && (location.Exact is null || location.Exact == source.Target)
            && (location.Pattern is null || FileSystemName.MatchesSimpleExpression(location.Pattern.Replace("**", "*", StringComparison.Ordinal), source.Target)));

    private sealed class Listed(IReadOnlyList<AllowedKind> allowed) : IAllowedKinds
    {
        public bool Allows(string kind, string? type) => allowed.Any(one => one.Allows(kind, type));
    }
}
