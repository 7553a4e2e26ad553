namespace Stagedoor.Catalog.Model.Completion;

/// <summary>What processors have added to an entity.</summary>
internal sealed class EntityAdditions
{
    public Dictionary<string, string> Annotations { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Labels { get; } = new(StringComparer.Ordinal);

    public List<string> Tags { get; } = [];

    public List<DerivedRelation> Relations { get; } = [];

    public bool ChangeBody => Annotations.Count > 0 || Labels.Count > 0 || Tags.Count > 0;
}
