namespace Stagedoor.Host.CommandLine;

/// <summary>Where a command reads and writes, and whether a person is looking.</summary>
internal sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error)
{
    /// <summary>Something is piped in; a person is not typing.</summary>
    public bool IsInputPiped { get; init; } = true;

    /// <summary>A person looks at the output: it may have colours, and lines fit the width.</summary>
    public bool IsInteractive { get; init; }

    public bool HasColours { get; init; }

    public int Width { get; init; } = 100;

    public static Terminal OfProcess()
    {
        var isInteractive = !Console.IsOutputRedirected;
        return new Terminal(Console.In, Console.Out, Console.Error)
        {
            IsInputPiped = Console.IsInputRedirected,
            IsInteractive = isInteractive,
            HasColours = isInteractive
                && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                && Environment.GetEnvironmentVariable("TERM") != "dumb",
            Width = !isInteractive ? 100 : Console.WindowWidth is > 0 and var width ? Math.Max(40, width) : 80,
        };
    }
}
