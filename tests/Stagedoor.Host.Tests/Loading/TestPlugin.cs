using Stagedoor.Plugins;

namespace Stagedoor.Host.Tests.Loading;

/// <summary>A plugin that contributes what a test says.</summary>
internal sealed class TestPlugin(string id, Action<PluginBuilder> configure, params IReadOnlyList<string> needs) : IPlugin
{
    public PluginInfo Info { get; } = new(id, $"Test {id}", "Made for a test.") { Needs = needs };

    public void Configure(PluginBuilder plugin) => configure(plugin);
}
