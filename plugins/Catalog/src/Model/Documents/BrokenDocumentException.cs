namespace Stagedoor.Catalog.Model.Documents;

/// <summary>A document cannot be read further.</summary>
internal sealed class BrokenDocumentException(int line, string message) : Exception(message)
{
    public int Line { get; } = line;
}
