using System.Text;
using Microsoft.AspNetCore.Components;
using Stagedoor.Sources;
using Stagedoor.UI;

namespace Stagedoor.Catalog.Pages.Detail.Repository;

/// <summary>Finds and formats readmes.</summary>
internal static class ReadmeText
{
    public const int MostBytes = 256 * 1024;

    // In the order in which they are preferred.
    private static readonly string[] Names = ["README.md", "README.markdown", "README", "README.txt", "README.rst", "README.adoc"];

    /// <summary>The readme among the files of one folder; nothing if there is none.</summary>
    public static string? Among(IEnumerable<string> names)
    {
        var all = names.ToList();
        return Names.Select(wanted => all.Find(name => string.Equals(name, wanted, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(found => found is not null);
    }

    /// <param name="path">In its repository: the addresses in it are relative to its folder.</param>
    /// <param name="codeRoot">Where the code host shows the repository's files.</param>
    /// <param name="raw">Where it gives the plain content of a file.</param>
    public static MarkupString Format(ReadOnlySpan<byte> content, string path, string? codeRoot, Func<string, Uri?> raw)
    {
        var text = Encoding.UTF8.GetString(content).TrimStart('\uFEFF');
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (!name.EndsWith(".md", StringComparison.OrdinalIgnoreCase) && !name.EndsWith(".markdown", StringComparison.OrdinalIgnoreCase))
        {
            return (MarkupString)$"<pre>{System.Net.WebUtility.HtmlEncode(text.Length > 64 * 1024 ? text[..(64 * 1024)] : text)}</pre>";
        }

        return Markdown.Make(text, (address, isImage) => Lead(path, address) is not { } target ? null
            : isImage ? raw(target.Path)?.ToString()
            : codeRoot is null ? null : $"{codeRoot}{Escape(target.Path)}{target.Query}");
    }

    /// <summary>What an address in a file stands for inside the repository; nothing if it leads out of it.</summary>
    private static (string Path, string Query)? Lead(string file, string address)
    {
        var end = address.AsSpan().IndexOfAny('?', '#');
        var relative = Uri.UnescapeDataString(end < 0 ? address : address[..end]);
        var parts = new List<string>();
        if (!relative.StartsWith('/'))
        {
            parts.AddRange(file.Split('/')[..^1]);
        }

        foreach (var part in relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
            {
                if (parts.Count == 0)
                {
                    return null;
                }

                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return (string.Join('/', parts), end < 0 ? "" : address[end..]);
    }

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
