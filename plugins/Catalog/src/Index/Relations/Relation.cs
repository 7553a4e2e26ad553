namespace Stagedoor.Catalog.Index.Relations;

/// <summary>A relation as one of its two ends sees it: what it is to the other, and what the other is to it.</summary>
/// <param name="Other">The number of the other's reference.</param>
internal readonly record struct Relation(int Other, ushort Type, ushort Inverse)
{
    public Relation From(int other) => new(other, Inverse, Type);
}

/// <summary>Who has declared a relation: the entity it stands at, the other one, or each.</summary>
[Flags]
internal enum Declared : byte
{
    Nowhere = 0,
    Here = 1,
    There = 2,
}

internal readonly record struct DeclaredRelation(Relation Relation, Declared By);
