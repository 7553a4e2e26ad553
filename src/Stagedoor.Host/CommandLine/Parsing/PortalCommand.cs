using System.CommandLine;

namespace Stagedoor.Host.CommandLine.Parsing;

/// <summary>A command with what its help page says besides: under which heading it stands, and examples.</summary>
internal sealed class PortalCommand(string name, string description, string? group = null) : Command(name, description)
{
    public const string Here = "This machine";
    public const string Running = "A running portal";
    public const string OfPlugins = "From plugins";

    public string? Group { get; } = group;

    public IReadOnlyList<CommandExample> Examples { get; init; } = [];
}

internal sealed record CommandExample(string Line, string What);
