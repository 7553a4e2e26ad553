namespace Stagedoor.Host.Configuration;

/// <summary>A part of the configuration as it was written, with the place it was written at.</summary>
internal abstract record SettingNode(Origin Origin)
{
    /// <summary>What a person calls it: <c>a list</c>.</summary>
    public abstract string Noun { get; }
}

/// <summary>A single value. No text means that the key stands there without one: the default holds.</summary>
internal sealed record ScalarNode(string? Text, Origin Origin) : SettingNode(Origin)
{
    /// <summary>How much of the line it takes, for pointing at it.</summary>
    public int Length { get; init; } = 1;

    /// <summary>It was read from a file of its own, as secrets are.</summary>
    public bool FromSecretFile { get; init; }

    public override string Noun => Text is null ? "nothing" : "a single value";
}

internal sealed record ListNode(IReadOnlyList<SettingNode> Items, Origin Origin) : SettingNode(Origin)
{
    public override string Noun => "a list";
}

internal sealed record MapNode(OrderedDictionary<string, Setting> Settings, Origin Origin) : SettingNode(Origin)
{
    public override string Noun => "a section with keys";

    public static MapNode Empty(Origin origin) => new(NewSettings(), origin);

    /// <summary>Keys are compared as .NET's configuration compares them: without regard to case.</summary>
    public static OrderedDictionary<string, Setting> NewSettings() => new(StringComparer.OrdinalIgnoreCase);

    public SettingNode? Find(string key) => Settings.TryGetValue(key, out var setting) ? setting.Value : null;
}

/// <summary>A key and what it holds.</summary>
internal sealed record Setting(string Key, Origin KeyOrigin, SettingNode Value);
