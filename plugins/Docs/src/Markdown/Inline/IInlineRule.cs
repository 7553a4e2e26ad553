using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Inline;

/// <summary>One kind of inline Markdown.</summary>
internal interface IInlineRule
{
    /// <summary>Whether what was found may be the missing piece of something that begins before it.</summary>
    bool StartsOver => false;

    /// <summary>Whether it is looked for inside links, too.</summary>
    bool InLinks => true;

    /// <summary>A quick look that spares most texts the search.</summary>
    bool MayMatch(string text);

    /// <summary>The first match at or after a place. A match without a value is only passed over.</summary>
    InlineMatch? Find(string text, int from, IInlineContext context);
}

/// <summary>A piece of text and what stands for it: an element, a text, or nothing.</summary>
internal readonly record struct InlineMatch(int Start, int End, object? Value);

/// <summary>What a rule may know and ask besides the text.</summary>
internal interface IInlineContext
{
    Document Document { get; }

    int Work { get; set; }

    string Unmark(string text);

    string UnmarkHtml(string text);
}
