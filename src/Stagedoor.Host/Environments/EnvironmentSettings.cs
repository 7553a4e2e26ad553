using System.Text.RegularExpressions;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Environments;

/// <summary>One entry of the configuration's list <c>environments</c>.</summary>
internal sealed class EnvironmentSettings
{
    /// <summary>As it stands in addresses: <c>prod</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>What people call it. Nothing: the name with a capital.</summary>
    public string? Title { get; set; }

    /// <summary>Its place on the way to production. Nothing: its place in the list.</summary>
    public int? Order { get; set; }

    /// <summary>Acting here deserves care: confirmations, approvals.</summary>
    public bool Protected { get; set; }

    /// <summary>Addresses of tools by name, with placeholders such as <c>{entity.name}</c>.</summary>
    public Dictionary<string, string> Links { get; set; } = [];
}

/// <summary>Reads the list of environments, and says what is wrong with it.</summary>
internal static partial class EnvironmentList
{
    public const string Section = "environments";

    private static readonly IReadOnlyList<DeploymentEnvironment> Default =
    [
        new("dev", "Development", 1, Protected: false),
        new("staging", "Staging", 2, Protected: false),
        new("prod", "Production", 3, Protected: true),
    ];

    /// <summary>What is wrong, one sentence each, with the key in the configuration.</summary>
    public static IEnumerable<string> Mistakes(IReadOnlyList<EnvironmentSettings> environments)
    {
        var names = new HashSet<string>();
        for (var i = 0; i < environments.Count; i++)
        {
            var key = $"{Section}:{i}";
            var environment = environments[i];
            if (!NamePattern().IsMatch(environment.Name))
            {
                yield return $"{key}:name is '{environment.Name}'. A name stands in addresses: 1 to 32 small letters, digits and dashes, such as prod.";
            }
            else if (!names.Add(environment.Name))
            {
                yield return $"{key}:name is '{environment.Name}', which an environment before it has already. Names are unique.";
            }

            foreach (var (name, address) in environment.Links)
            {
                if (!address.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && !address.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
                    && (!address.StartsWith('/') || address.StartsWith("//", StringComparison.Ordinal)))
                {
                    yield return $"{key}:links:{name} is '{address}'. A link starts with https://, http:// or a slash.";
                }
            }
        }
    }

    public static IReadOnlyList<DeploymentEnvironment> Read(IReadOnlyList<EnvironmentSettings> environments)
    {
        var mistakes = Mistakes(environments).ToList();
        if (mistakes.Count > 0)
        {
            throw new InvalidOperationException($"The environments in the configuration are not in order. {string.Join(" ", mistakes)}");
        }

        return environments.Count == 0
            ? Default
            : [.. environments
                .Select((environment, i) => new DeploymentEnvironment(
                    environment.Name,
                    string.IsNullOrWhiteSpace(environment.Title) ? char.ToUpperInvariant(environment.Name[0]) + environment.Name[1..] : environment.Title,
                    environment.Order ?? i + 1,
                    environment.Protected)
                {
                    Links = environment.Links,
                })
                .OrderBy(environment => environment.Order)];
    }

    [GeneratedRegex("^[a-z0-9-]{1,32}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}
