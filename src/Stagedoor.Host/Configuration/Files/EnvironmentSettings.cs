using System.Text.RegularExpressions;

namespace Stagedoor.Host.Configuration.Files;

/// <summary>
/// Settings from environment variables: <c>STAGEDOOR_SERVER__MAXBODYSIZE</c> is <c>server.maxBodySize</c>. Two underscores
/// stand between keys; a variable without them, such as <c>STAGEDOOR_TOKEN</c>, is not a setting.
/// </summary>
internal static partial class EnvironmentSettings
{
    public const string Prefix = "STAGEDOOR_";

    public static MapNode Apply(MapNode settings, IReadOnlyDictionary<string, string> variables)
    {
        SettingNode result = settings;
        foreach (var (name, value) in variables.Where(IsSetting).OrderBy(variable => SortKey(variable.Key), StringComparer.OrdinalIgnoreCase))
        {
            var path = name[Prefix.Length..].Split("__");

            // No section has an underscore in its name, and a shell takes no hyphen in a variable's.
            path[0] = path[0].Replace('_', '-').ToLowerInvariant();
            result = Overrides.With(result, path, new ScalarNode(value, Origin.Variable(name)));
        }

        return (MapNode)result;
    }

    private static bool IsSetting(KeyValuePair<string, string> variable) =>
        variable.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        && variable.Key.IndexOf("__", Prefix.Length, StringComparison.Ordinal) > Prefix.Length;

    /// <summary>Puts <c>__10</c> after <c>__9</c>, so that lists grow in order.</summary>
    private static string SortKey(string name) => Numbers().Replace(name, match => match.Value.PadLeft(10, '0'));

    [GeneratedRegex("[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();
}
