using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail.Related;

/// <summary>An entity that another one names.</summary>
/// <param name="Found">Nothing if it does not exist, or the reader may not see it.</param>
internal sealed record Neighbour(EntityRef Ref, Entity? Found)
{
    public string Title => Found?.Title ?? Pages.Shown.Name(Ref);
}
