using Stagedoor.Docs.Markdown.Blocks;
using Stagedoor.Docs.Markdown.Inline;

namespace Stagedoor.Docs.Markdown.Tree;

/// <summary>What the steps of rendering one page share: what marks stand for, definitions, what has been found.</summary>
internal sealed class Document(MarkdownOptions options)
{
    private readonly List<object> raw = [];
    private readonly List<string> critic = [];

    public MarkdownOptions Options { get; } = options;

    public MarkdownExtensions Extensions => Options.Extensions;

    public Node Root { get; } = new("div");

    public Dictionary<string, (string Address, string? Title)> References { get; } = new(StringComparer.Ordinal);

    public OrderedDictionary<string, string> Footnotes { get; } = new(StringComparer.Ordinal);

    public OrderedDictionary<string, string> Abbreviations { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, FencedSource> Fences { get; } = new(StringComparer.Ordinal);

    public List<string> Notes { get; } = [];

    public List<DiagramFound> Diagrams { get; } = [];

    public bool HasMath { get; set; }

    public bool HasMermaid { get; set; }

    public bool HasCode { get; set; }

    public int CodeBlocks { get; set; }

    /// <summary>Keeps HTML that is ready, and gives what stands for it.</summary>
    public string Keep(string html)
    {
        raw.Add(html);
        return Marks.Of(Marks.Raw, raw.Count - 1);
    }

    public string Keep(Node element)
    {
        raw.Add(element);
        return Marks.Of(Marks.Raw, raw.Count - 1);
    }

    public string KeepCritic(string html)
    {
        critic.Add(html);
        return Marks.Of(Marks.Critic, critic.Count - 1);
    }

    public object? RawAt(int number) => number < raw.Count ? raw[number] : null;

    public string CriticAt(int number) => number < critic.Count ? critic[number] : "";

    public void Forget(int number) => raw[number] = "";

    /// <summary>A fence as it was written, should it turn out to stand inside an indented code block.</summary>
    public sealed record FencedSource(string Text, int Indent);
}
