namespace Stagedoor.Host.Configuration.Check;

/// <summary>What a check found, apart by what follows from it.</summary>
/// <param name="Host">Mistakes in the files or the portal's own sections: the portal does not start.</param>
/// <param name="Plugins">Mistakes in a plugin's section, by the plugin's id: that plugin does not start.</param>
/// <param name="Notes">Worth saying, and no reason to stop.</param>
internal sealed record ConfigurationReport(
    IReadOnlyList<Finding> Host, IReadOnlyDictionary<string, IReadOnlyList<Finding>> Plugins, IReadOnlyList<Finding> Notes)
{
    public bool MayStart => Host.Count == 0;

    public bool IsFlawless => Host.Count == 0 && Plugins.Count == 0;

    public IReadOnlyList<Finding> Mistakes => [.. Host, .. Plugins.Values.SelectMany(findings => findings)];

    /// <summary>Everything, as it is printed.</summary>
    public string Text() => FindingText.Write([.. Mistakes, .. Notes]);

    /// <summary>Why a plugin cannot start, for its page and the log; nothing if its section is right.</summary>
    public string? WhyNot(string pluginId) =>
        Plugins.TryGetValue(pluginId, out var findings) ? "Its section of the configuration is not right.\n" + string.Join('\n', findings.Select(FindingText.Write)) : null;
}
