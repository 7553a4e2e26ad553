using System.Text;
using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Before;

/// <summary>Marks of an editor: insertions, deletions, replacements, highlights, remarks.</summary>
internal static class Critic
{
    public static string Apply(string text, CriticMode mode, Document document)
    {
        var open = text.IndexOf('{', StringComparison.Ordinal);
        if (open < 0) return text;

        var result = new StringBuilder(text.Length);
        var from = 0;
        var missing = new HashSet<string>(StringComparer.Ordinal);
        for (; open >= 0; open = text.IndexOf('{', open))
        {
            if (Read(text, open, missing) is not { } change)
            {
                open++;
                continue;
            }

            result.Append(text, from, open - from).Append(Show(change, mode, document));
            from = open = change.End;
        }

        return result.Append(text, from, text.Length - from).ToString();
    }

    private static (char Kind, string Text, string? Instead, int End)? Read(string text, int open, HashSet<string> missing)
    {
        if (open + 2 >= text.Length || text[open + 1] != text[open + 2]) return null;
        var kind = text[open + 1];
        var close = kind switch { '+' => "++}", '-' => "--}", '=' => "==}", '>' => "<<}", '~' => "~~}", _ => null };
        if (close is null || missing.Contains(close)) return null;
        if (kind != '~')
        {
            var end = Find(close, open + 3);
            return end < 0 ? null : (kind, text[(open + 3)..end], null, end + 3);
        }

        var middle = missing.Contains("~>") ? -1 : Find("~>", open + 3);
        var last = middle < 0 ? -1 : Find(close, middle + 2);
        return last < 0 ? null : (kind, text[(open + 3)..middle], text[(middle + 2)..last], last + 3);

        int Find(string sought, int at)
        {
            var found = text.IndexOf(sought, at, StringComparison.Ordinal);
            if (found < 0) missing.Add(sought);
            return found;
        }
    }

    private static string Show((char Kind, string Text, string? Instead, int End) change, CriticMode mode, Document document)
    {
        if (mode == CriticMode.View)
        {
            return change.Kind switch
            {
                '+' => Inserted(change.Text, document),
                '-' => Deleted(change.Text, document),
                '~' => Deleted(change.Text, document) + Inserted(change.Instead!, document),
                '=' => document.KeepCritic("<mark class=\"critic\">") + change.Text + document.KeepCritic("</mark>"),
                _ => document.KeepCritic($"<span class=\"critic comment\">{Entities.EscapeAttribute(change.Text).Replace('\n', ' ')}</span>"),
            };
        }

        var accept = mode == CriticMode.Accept;
        return change.Kind switch
        {
            '+' => accept ? change.Text : "",
            '-' => accept ? "" : change.Text,
            '~' => accept ? change.Instead! : change.Text,
            '=' => change.Text,
            _ => "",
        };
    }

    private static string Inserted(string text, Document document) => IsBreak(text)
        ? $"\n\n{document.KeepCritic("<ins class=\"critic break\">&nbsp;</ins>")}\n\n"
        : document.KeepCritic("<ins class=\"critic\">") + text + document.KeepCritic("</ins>");

    private static string Deleted(string text, Document document) => IsBreak(text)
        ? document.KeepCritic("<del class=\"critic break\">&nbsp;</del>")
        : document.KeepCritic("<del class=\"critic\">") + text + document.KeepCritic("</del>");

    private static bool IsBreak(string text) => text.Length >= 2 && text.All(letter => letter is '\n' or '\r');
}
