using System.Text;
using System.Text.RegularExpressions;

namespace Stagedoor.Host.Configuration.Files;

/// <summary>Puts environment variables into a value: <c>${NAME}</c>, <c>${NAME:-default}</c>; <c>$$</c> is a dollar sign.</summary>
internal static partial class Substitution
{
    /// <summary>The value with its variables, or what is wrong with it.</summary>
    public static (string Text, IReadOnlyList<string> Mistakes) Expand(string text, IReadOnlyDictionary<string, string> variables)
    {
        if (!text.Contains('$'))
        {
            return (text, []);
        }

        var result = new StringBuilder(text.Length);
        var mistakes = new List<string>();
        for (var i = 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (text[i] != '$' || next is not ('$' or '{'))
            {
                result.Append(text[i]);
            }
            else if (next == '$')
            {
                result.Append('$');
                i++;
            }
            else if (text.IndexOf('}', i) is var end && end < 0)
            {
                mistakes.Add("'${' is opened and never closed. Write ${NAME}, or $${ for these two characters themselves.");
                break;
            }
            else
            {
                result.Append(Value(text[(i + 2)..end], variables, mistakes));
                i = end;
            }
        }

        return (result.ToString(), mistakes);
    }

    private static string Value(string inside, IReadOnlyDictionary<string, string> variables, List<string> mistakes)
    {
        var form = Form().Match(inside);
        if (!form.Success || form.Groups["default"].Value.Contains("${", StringComparison.Ordinal))
        {
            mistakes.Add($"'${{{inside}}}' is not a variable. Write ${{NAME}} or ${{NAME:-default}}; one cannot stand inside another.");
            return "";
        }

        var name = form.Groups["name"].Value;
        if (variables.GetValueOrDefault(name) is { Length: > 0 } value)
        {
            return value;
        }

        if (form.Groups["default"].Success)
        {
            return form.Groups["default"].Value;
        }

        mistakes.Add(variables.ContainsKey(name)
            ? $"The environment variable {name} is empty. Give it a value, or write ${{{name}:-default}}."
            : $"The environment variable {name} is not set. Set it, or write ${{{name}:-default}}.");
        return "";
    }

    [GeneratedRegex(@"^(?<name>[A-Za-z_][A-Za-z0-9_]*)(:-(?<default>.*))?$", RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
