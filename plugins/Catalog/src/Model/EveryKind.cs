namespace Stagedoor.Catalog.Model;

/// <summary>No rule holds: for what the portal itself or a plugin declares, and where only the entity is judged.</summary>
internal sealed class EveryKind : IAllowedKinds
{
    public static readonly EveryKind Allowed = new();

    public bool Allows(string kind, string? type) => true;
}
