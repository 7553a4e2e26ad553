using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters.Understanding;

/// <summary>Who owns a service, after the catalog. Empty for nobody: those stand in a place of their own, not nowhere.</summary>
internal sealed class Owners(ICatalog catalog)
{
    private static readonly string[] Kinds = ["component", "resource", "system"];

    public async ValueTask<string> OwnerOf(string service, CancellationToken cancellationToken)
    {
        if (service.Length == 0)
        {
            return "";
        }

        var candidates = new List<EntityRef>(Kinds.Length);
        foreach (var kind in Kinds)
        {
            if (EntityRef.TryParse(service, kind, EntityRef.DefaultNamespace, out var reference))
            {
                candidates.Add(reference);
            }
        }

        var found = await catalog.Find(candidates, Caller.Portal, cancellationToken);
        return found.FirstOrDefault(entity => entity?.Owner is not null)?.Owner?.ToString() ?? "";
    }
}
