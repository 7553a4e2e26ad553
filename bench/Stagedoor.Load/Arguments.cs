using System.Globalization;

namespace Stagedoor.Load;

/// <summary>A command's words: <c>--name value</c>, and what stands alone.</summary>
internal sealed class Arguments
{
    private readonly List<(string Name, string Value)> _named = [];

    public List<string> Alone { get; } = [];

    public static Arguments Parse(IReadOnlyList<string> words)
    {
        var arguments = new Arguments();
        for (var i = 0; i < words.Count; i++)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal))
            {
                arguments.Alone.Add(words[i]);
            }
            else if (i + 1 < words.Count)
            {
                arguments._named.Add((words[i], words[++i]));
            }
            else
            {
                throw new ArgumentException($"{words[i]} needs a value after it.", nameof(words));
            }
        }

        return arguments;
    }

    public IEnumerable<string> All(string name) => _named.Where(pair => pair.Name == name).Select(pair => pair.Value);

    public string Text(string name) => All(name).LastOrDefault() ?? throw new ArgumentException($"{name} is missing.", nameof(name));

    public double Number(string name, double fallback) => All(name).LastOrDefault() is not { } text
        ? fallback
        : double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= 0
            ? number
            : throw new ArgumentException($"{name} needs a number, not '{text}'.", nameof(name));
}
