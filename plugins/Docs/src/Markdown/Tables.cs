using Stagedoor.Docs.Markdown.After;
using Stagedoor.Docs.Markdown.Inline;

namespace Stagedoor.Docs.Markdown;

/// <summary>What is looked up while rendering. Loaded once; the same for all pages.</summary>
internal sealed record Tables(EmojiNames Emoji, KeyNames Keys, Letters Letters)
{
    public static Tables Load() => new(EmojiNames.Load(), KeyNames.Load(), Letters.Load());
}
