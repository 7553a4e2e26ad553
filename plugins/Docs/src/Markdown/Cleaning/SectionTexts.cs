using System.Net;
using System.Text;

namespace Stagedoor.Docs.Markdown.Cleaning;

/// <summary>Gathers the plain text below each heading.</summary>
internal sealed class SectionTexts
{
    private readonly List<PageSection> done = [];
    private readonly StringBuilder text = new();
    private readonly StringBuilder title = new();
    private int level;
    private string? id;
    private bool inHeading;

    public void Begin(int newLevel, string? newId)
    {
        Finish();
        level = newLevel;
        id = newId;
        title.Clear();
        inHeading = true;
    }

    public void EndHeading() => inHeading = false;

    public void Add(string more)
    {
        var target = inHeading ? title : text;
        if (more != " " || (target.Length > 0 && !char.IsWhiteSpace(target[^1]))) target.Append(more);
    }

    public void AddEncoded(StringBuilder html, int from)
    {
        if (html.Length > from) Add(WebUtility.HtmlDecode(html.ToString(from, html.Length - from)));
    }

    private static string Plain(StringBuilder text) => string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public IReadOnlyList<PageSection> Finish()
    {
        if (text.Length > 0 || title.Length > 0) done.Add(new(id, level, Plain(title), Plain(text)));
        text.Clear();
        title.Clear();
        id = null;
        level = 0;
        return done;
    }
}
