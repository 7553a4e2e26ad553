namespace Stagedoor.Catalog.Model.Documents;

/// <summary>One document of a file, as far as it could be read.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Line">Where it begins, counted from 1.</param>
/// <param name="Root">Nothing, if it could not be read; then the faults say why.</param>
/// <param name="Text">What stands there, of a document that could not be read.</param>
internal sealed record Document(int Number, int Line, Node? Root, IReadOnlyList<Fault> Faults)
{
    public string Text { get; init; } = "";

    /// <summary>A key that begins with a dollar sign stands somewhere in it.</summary>
    public bool HasPlaceholders { get; init; }

    /// <summary>Nothing stands in it: it is skipped.</summary>
    public bool IsEmpty => Faults.Count == 0 && Root is null or ScalarNode { Kind: System.Text.Json.JsonValueKind.Null };
}

/// <summary>What is wrong in a document, before anybody knows what it means.</summary>
internal readonly record struct Fault(int Line, string Field, string Message);
