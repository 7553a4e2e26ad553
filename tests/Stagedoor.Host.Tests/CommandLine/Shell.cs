using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Stagedoor.Host.CommandLine;
using Stagedoor.Host.Loading;

namespace Stagedoor.Host.Tests.CommandLine;

/// <summary>Runs command lines in this process, as a shell would, and keeps what they print.</summary>
internal sealed class Shell : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("stagedoor-shell-");

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal) { ["HOME"] = "/home/mae" };

    public IReadOnlyList<LoadedPlugin> Plugins { get; init; } = [];

    public Func<IReadOnlyList<LoadedPlugin>>? FindPlugins { get; init; }

    public string Input { get; set; } = "";

    public bool IsInteractive { get; init; }

    public bool HasColours { get; init; }

    public Func<ServeSettings, CancellationToken, Task<int>> Serve { get; init; } = (_, _) => Task.FromResult(0);

    public string Folder => _directory.FullName;

    public Shell File(string name, string text)
    {
        System.IO.File.WriteAllText(Path.Combine(_directory.FullName, name), text);
        return this;
    }

    /// <summary>The arguments are separated by spaces; one in quotes may hold spaces.</summary>
    public Task<Outcome> Run(string line) => Run([.. System.CommandLine.Parsing.CommandLineParser.SplitCommandLine(line)]);

    public Task<Outcome> Run(string[] args) => RunUntil(TestContext.Current.CancellationToken, args);

    public async Task<Outcome> RunUntil(CancellationToken cancellationToken, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var input = new StringReader(Input);
        var code = await PortalCommandLine.Run(
            args,
            new CommandLineParts
            {
                Serve = Serve,
                Plugins = _ => FindPlugins?.Invoke() ?? Plugins,
                Terminal = new Terminal(input, output, error) { IsInteractive = IsInteractive, HasColours = HasColours, IsInputPiped = true, Width = 80 },
                Variables = Variables,
                WorkingDirectory = _directory.FullName,
                ExecutableDirectory = _directory.FullName,
                Version = "1.2.3",
            },
            cancellationToken);
        return new Outcome(code, output.ToString(), error.ToString());
    }

    public void Dispose() => _directory.Delete(recursive: true);
}

internal sealed record Outcome(int Code, string Out, string Error);

/// <summary>A server that speaks a piece of the portal's API.</summary>
internal sealed class SmallPortal : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SmallPortal(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public static async Task<SmallPortal> Serve(Action<IEndpointRouteBuilder> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new SmallPortal(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
