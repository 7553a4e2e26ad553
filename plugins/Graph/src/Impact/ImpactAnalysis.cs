using Stagedoor.Graph.Model;
using Stagedoor.Plugins;

namespace Stagedoor.Graph.Impact;

internal sealed class ImpactAnalysis
{
    public static bool AppliesTo(string kind) => kind.ToLowerInvariant() is not ("group" or "user" or "location" or "template");
}
