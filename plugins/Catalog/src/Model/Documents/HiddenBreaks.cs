using System.Buffers;

namespace Stagedoor.Catalog.Model.Documents;

/// <summary>
/// Three characters broke lines in YAML 1.1 and are letters like others in 1.2. The parser knows 1.1, so they are hidden
/// from it behind characters that nobody has given a meaning.
/// </summary>
internal sealed class HiddenBreaks
{
    private const string Breaks = "\u0085\u2028\u2029";
    private const string Instead = "\uf8f0\uf8f1\uf8f2";

    private static readonly SearchValues<char> AnyBreak = SearchValues.Create(Breaks);
    private static readonly SearchValues<char> AnyInstead = SearchValues.Create(Instead);

    public HiddenBreaks(string text)
    {
        Any = text.AsSpan().ContainsAny(AnyBreak) && !text.AsSpan().ContainsAny(AnyInstead);
        Text = Any ? Replace(text, Breaks, Instead) : text;
    }

    /// <summary>For the parser.</summary>
    public string Text { get; }

    private bool Any { get; }

    public string Restore(string text) => Any && text.AsSpan().ContainsAny(AnyInstead) ? Replace(text, Instead, Breaks) : text;

    private static string Replace(string text, string these, string those)
    {
        for (var i = 0; i < these.Length; i++)
        {
            text = text.Replace(these[i], those[i]);
        }

        return text;
    }
}
