namespace Stagedoor.Host.Configuration;

internal enum FindingKind
{
    Mistake,

    /// <summary>Worth saying, and no reason to stop.</summary>
    Note,
}

/// <summary>Something to say about the configuration: what, where, and what would be right.</summary>
internal sealed record Finding(string Path, Origin Origin, string Message)
{
    public FindingKind Kind { get; init; } = FindingKind.Mistake;

    public string? Help { get; init; }

    /// <summary>How much of the line is meant.</summary>
    public int Length { get; init; } = 1;

    /// <summary>The line holds a secret, so that its value must not be repeated.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Only the key is meant. Its value is not shown: nobody knows whether it is a secret.</summary>
    public bool IsUnknownKey { get; init; }

    /// <summary>The top-level section it is about; empty for a file as a whole.</summary>
    public string Section => Path.Split('.', '[')[0];

    public static Finding Note(string path, Origin origin, string message, int length) =>
        new(path, origin, message) { Kind = FindingKind.Note, Length = length };
}
