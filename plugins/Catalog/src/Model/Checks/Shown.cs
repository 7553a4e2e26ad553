using System.Text.Json;
using Stagedoor.Catalog.Model.Documents;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Model.Checks;

/// <summary>Values as messages name them.</summary>
internal static class Shown
{
    private const int Most = 60;

    public static string Of(Node node) => node switch
    {
        MapNode => "an object",
        ListNode => "a list",
        ScalarNode { Kind: JsonValueKind.String } text => $"'{Text(text.Value)}'",
        ScalarNode { Kind: JsonValueKind.Number } number => $"the number {Text(number.Value)}",
        ScalarNode { Kind: JsonValueKind.Null } => "empty",
        ScalarNode scalar => scalar.Kind == JsonValueKind.True ? "true" : "false",
        _ => "something else",
    };

    public static string Text(string text)
    {
        var cut = CutText.To(text, Most);
        return cut.Any(char.IsControl) ? string.Concat(cut.Select(letter => char.IsControl(letter) ? ' ' : letter)) : cut;
    }

    /// <summary>What to do where YAML has read a number or a flag and a text was meant.</summary>
    public static string Quotes(Node node) =>
        node is ScalarNode { Kind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } ? ". Write it in quotes" : "";
}
