using Stagedoor.Plugins;

namespace Stagedoor.Host;

/// <summary>The portal: server and command line in one.</summary>
public static class Portal
{
    public static Task<int> Run(string[] args, IReadOnlyList<IPlugin> firstParty) => Task.FromResult(args.Length + firstParty.Count);
}
