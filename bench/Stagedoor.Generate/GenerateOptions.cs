using System.Globalization;

namespace Stagedoor.Generate;

internal enum LayoutKind
{
    Files,
    Single,
    Git,
}

/// <summary>What to write. The same options make the same bytes.</summary>
/// <param name="Dangling">The share of components that depend on something that does not exist.</param>
internal sealed record GenerateOptions(string Out, int Count, ulong Seed, LayoutKind Layout, int PerFile, double Dangling, bool Tiny)
{
    public static GenerateOptions Parse(IReadOnlyList<string> words)
    {
        var named = new Dictionary<string, string>();
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == "--tiny")
            {
                named["--tiny"] = "true";
            }
            else if (words[i] is not ("--out" or "--count" or "--seed" or "--layout" or "--per-file" or "--dangling"))
            {
                throw new ArgumentException($"'{words[i]}' is not an option.", nameof(words));
            }
            else if (i + 1 == words.Count)
            {
                throw new ArgumentException($"{words[i]} needs a value after it.", nameof(words));
            }
            else
            {
                named[words[i]] = words[++i];
            }
        }

        var layout = named.GetValueOrDefault("--layout", "files");
        return new GenerateOptions(
            Path.GetFullPath(named.GetValueOrDefault("--out") ?? throw new ArgumentException("--out is missing.", nameof(words))),
            (int)Number(named, "--count", fallback: null, Population.Block, 10_000_000),
            (ulong)Number(named, "--seed", 1, 0, long.MaxValue),
            Enum.TryParse<LayoutKind>(layout, ignoreCase: true, out var kind) ? kind : throw new ArgumentException($"'{layout}' is not a layout.", nameof(words)),
            (int)Number(named, "--per-file", 100, 1, 100_000),
            Number(named, "--dangling", 0.005, 0, 1),
            named.ContainsKey("--tiny"));
    }

    private static double Number(Dictionary<string, string> named, string name, double? fallback, double least, double most) =>
        !named.TryGetValue(name, out var text)
            ? fallback ?? throw new ArgumentException($"{name} is missing.", nameof(named))
            : double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                ? number
                : throw new ArgumentException($"{name} needs a number from {least} to {most}, not '{text}'.", nameof(named));
}
