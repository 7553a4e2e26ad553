namespace Stagedoor.Docs.Reading;

/// <summary>Where a reader of a site stands: what addresses begin with.</summary>
/// <param name="Pages">What page addresses follow: <c>/docs/default/component/ledger</c>.</param>
/// <param name="Files">What images and downloads follow.</param>
/// <param name="Reference">Kept in every address, if one was chosen.</param>
internal sealed record DocsBase(string Pages, string Files, string? Reference)
{
    /// <param name="address">Of a page, below the site.</param>
    public string Page(string address, string? anchor = null) =>
        $"{Pages}{(address.Length == 0 ? "" : "/" + Escaped(address))}{Query}{(string.IsNullOrEmpty(anchor) ? "" : "#" + anchor)}";

    public string File(string path) => $"{Files}/{Escaped(path)}{Query}";

    private string Query => Reference is null ? "" : $"?ref={Uri.EscapeDataString(Reference)}";

    private static string Escaped(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
