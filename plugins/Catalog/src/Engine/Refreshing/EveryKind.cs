using Stagedoor.Catalog.Model;

namespace Stagedoor.Catalog.Engine.Refreshing;

/// <summary>No rule holds: for what the portal itself declares.</summary>
internal sealed class EveryKind : IAllowedKinds
{
    public static readonly EveryKind Allowed = new();

    public bool Allows(string kind, string? type) => true;
}
