using Stagedoor.Plugins;

namespace Stagedoor.Docs.Pages;

/// <summary>What owners are called: by their titles where a reader may see them, otherwise by their names.</summary>
internal sealed class OwnerNames(ICatalog catalog, IDirectory directory)
{
    public async Task<IReadOnlyDictionary<EntityRef, string>> Of(IEnumerable<EntityRef> owners, Caller caller, CancellationToken cancellationToken)
    {
        var asked = owners.Distinct().ToList();
        var visible = await catalog.Find(asked, caller, cancellationToken);
        return asked.Zip(visible).ToDictionary(pair => pair.First, pair => (pair.Second is null ? null : Title(pair.First)) ?? InWords.Name(pair.First));
    }

    private string? Title(EntityRef owner) => directory.FindGroup(owner)?.Name ?? directory.FindPerson(owner)?.Name;
}
