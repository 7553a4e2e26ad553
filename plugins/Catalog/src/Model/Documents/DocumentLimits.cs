namespace Stagedoor.Catalog.Model.Documents;

/// <summary>How much one file may ask of the portal.</summary>
internal static class DocumentLimits
{
    public const int MaxBytes = 10 * 1024 * 1024;

    public const int MaxDepth = 64;

    /// <summary>Values in one document, each alias counted as all that it stands for.</summary>
    public const int MaxNodes = 500_000;

    /// <summary>How much of a document aliases alone may be.</summary>
    public const int MaxAliasedNodes = 50_000;

    public const int MaxDocuments = 20_000;
}
