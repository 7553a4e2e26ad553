using Stagedoor.Docs.Markdown;
using Stagedoor.Docs.Reading;
using Stagedoor.Docs.Rendering;

namespace Stagedoor.Docs.Finding;

/// <summary>
/// The words of one site and where they stand. All words of a question must be there, each as the beginning of one; a word in
/// a title counts for more than one in a heading, and that for more than one in the text.
/// </summary>
internal sealed class SiteIndex
{
    private const int InTitle = 12;
    private const int InHeading = 5;
    private const int MostInText = 4;
    private const int MostWords = 8;
    private const int ExtractLength = 180;

    private readonly IReadOnlyList<(PageDigest Page, PageSection Section)> _sections;
    private readonly string[] _words;
    private readonly (int Section, int Weight)[][] _places;

    public SiteIndex(SiteDigest digest)
    {
        _sections = [.. digest.Pages.SelectMany(page => page.Sections.Select(section => (page, section)))];
        var words = new SortedDictionary<string, Dictionary<int, int>>(StringComparer.Ordinal);
        foreach (var (index, (page, section)) in _sections.Index())
        {
            var isFirst = section.Id is null || section == page.Sections[0];
            foreach (var (word, weight) in Weights(isFirst ? page.Title : "", section))
            {
                (words.TryGetValue(word, out var places) ? places : words[word] = [])[index] = weight;
            }
        }

        _words = [.. words.Keys];
        _places = [.. words.Values.Select(places => places.Select(place => (place.Key, place.Value)).ToArray())];
    }

    public IReadOnlyList<DocsHit> Find(string text, int limit)
    {
        var asked = WordsOf(text).Distinct(StringComparer.Ordinal).Take(MostWords).ToList();
        Dictionary<int, double>? found = null;
        foreach (var word in asked)
        {
            var here = Starting(word);
            found = found is null ? here : found.Where(section => here.ContainsKey(section.Key)).ToDictionary(section => section.Key, section => section.Value + here[section.Key]);
        }

        return found is null ? [] :
        [
            .. found.OrderByDescending(section => section.Value).ThenBy(section => section.Key).Take(limit).Select(section =>
            {
                var (page, at) = _sections[section.Key];
                return new DocsHit(page.Page, at.Id, page.Title, at.Id is null || at.Title == page.Title ? null : at.Title, Extract(at.Text, asked));
            }),
        ];
    }

    /// <summary>Where words stand that begin so. Rare words tell more.</summary>
    private Dictionary<int, double> Starting(string beginning)
    {
        var sections = new Dictionary<int, double>();
        var at = Array.BinarySearch(_words, beginning, StringComparer.Ordinal);
        for (var i = at < 0 ? ~at : at; i < _words.Length && _words[i].StartsWith(beginning, StringComparison.Ordinal); i++)
        {
            var rare = Math.Log(1 + ((double)_sections.Count / _places[i].Length)) * (_words[i].Length == beginning.Length ? 1.5 : 1);
            foreach (var (section, weight) in _places[i])
            {
                sections[section] = Math.Max(sections.GetValueOrDefault(section), weight * rare);
            }
        }

        return sections;
    }

    private static Dictionary<string, int> Weights(string title, PageSection section)
    {
        var weights = WordsOf(section.Text).GroupBy(word => word, StringComparer.Ordinal).ToDictionary(same => same.Key, same => Math.Min(same.Count(), MostInText), StringComparer.Ordinal);
        foreach (var (word, weight) in WordsOf(title).Select(word => (word, InTitle)).Concat(WordsOf(section.Title).Select(word => (word, InHeading))))
        {
            weights[word] = weights.GetValueOrDefault(word) + weight;
        }

        return weights;
    }

    private static IEnumerable<string> WordsOf(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && (char.IsLetterOrDigit(text[i]) || char.IsSurrogate(text[i])))
            {
                start = start < 0 ? i : start;
            }
            else if (start >= 0)
            {
                yield return text[start..Math.Min(i, start + 60)].ToLowerInvariant();
                start = -1;
            }
        }
    }

    /// <summary>A text in pieces: those that begin as somebody asked stand apart.</summary>
    public static IReadOnlyList<(string Text, bool IsAsked)> Marked(string text, string asked)
    {
        var words = WordsOf(asked).Distinct(StringComparer.Ordinal).Take(MostWords).ToList();
        var pieces = new List<(string, bool)>();
        var from = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsLetterOrDigit(text[i]) || (i > 0 && char.IsLetterOrDigit(text[i - 1])))
            {
                continue;
            }

            var length = words.Where(word => string.Compare(text, i, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0).Select(word => word.Length).DefaultIfEmpty(0).Max();
            if (length == 0)
            {
                continue;
            }

            if (i > from)
            {
                pieces.Add((text[from..i], false));
            }

            pieces.Add((text.Substring(i, length), true));
            from = i + length;
        }

        if (from < text.Length)
        {
            pieces.Add((text[from..], false));
        }

        return pieces;
    }

    private static string Extract(string text, IReadOnlyList<string> asked)
    {
        var at = asked.Select(word => text.IndexOf(word, StringComparison.OrdinalIgnoreCase)).Where(place => place >= 0).DefaultIfEmpty(0).Min();
        var start = Math.Max(0, at - (ExtractLength / 3));
        start = start == 0 ? 0 : text.IndexOf(' ', start) is var space && space >= 0 && space < at ? space + 1 : start;
        start = start > 0 && start < text.Length && char.IsLowSurrogate(text[start]) ? start + 1 : start;
        var end = Math.Min(text.Length, start + ExtractLength);
        end = end < text.Length && text.LastIndexOf(' ', end - 1) is var last && last > start + (ExtractLength * 3 / 4) ? last : end;
        end = end < text.Length && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;
        return $"{(start > 0 ? "…" : "")}{text[start..end].Trim()}{(end < text.Length ? "…" : "")}";
    }
}
