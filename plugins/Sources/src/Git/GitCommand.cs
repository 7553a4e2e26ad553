namespace Stagedoor.Sources.Git;

/// <summary>One call of git. Nothing secret goes into the arguments, which every user of the machine can see.</summary>
/// <param name="Repository">The folder with the objects; nothing for calls that need none.</param>
internal sealed record GitCommand(string? Repository, params IReadOnlyList<string> Arguments)
{
    /// <summary>Configuration for this call, passed by the environment.</summary>
    public IReadOnlyList<(string Key, string Value)> Settings { get; init; } = [];

    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Protocols that may be spoken; by default none.</summary>
    public IReadOnlyList<string> Protocols { get; init; } = [];

    public string? Input { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    public long MostBytes { get; init; } = 512 * 1024 * 1024;
}

/// <summary>Git has failed, and this is what it said.</summary>
internal sealed class GitException(string message, string said) : Exception(message)
{
    public string Said { get; } = said;

    public bool IsTooLarge { get; init; }

    public bool IsTimeout { get; init; }
}
