using System.Collections;

namespace Stagedoor.Host.Configuration;

/// <summary>From where the configuration is to be read.</summary>
internal sealed record ConfigurationRequest
{
    /// <summary>Given by <c>--config</c>, in order. None: <c>stagedoor.yaml</c> where it is looked for.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Read before all others, if it is there: what the sample organisation sets, over which the operator's files go.</summary>
    public string? Sample { get; init; }

    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    public required string WorkingDirectory { get; init; }

    /// <summary>Where the data lies unless something says otherwise; the second place to look for <c>stagedoor.yaml</c>.</summary>
    public required string DefaultDataDirectory { get; init; }

    /// <summary><c>--data</c>.</summary>
    public string? DataDirectory { get; init; }

    /// <summary><c>--urls</c>.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    public static IReadOnlyDictionary<string, string> ProcessVariables()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return variables;
    }
}
