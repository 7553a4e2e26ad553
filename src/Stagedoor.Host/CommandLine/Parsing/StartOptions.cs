using System.CommandLine;

namespace Stagedoor.Host.CommandLine.Parsing;

/// <summary>The options that say how a portal starts. They stand at the root too, since <c>serve</c> is the default.</summary>
internal sealed class StartOptions(CommandLineParts parts)
{
    public Option<string[]> Config { get; } = new("--config", "-c")
    {
        Description = "A configuration file. May be repeated; later files win. Default: stagedoor.yaml here or in the data directory.",
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
    };

    public Option<string?> Data { get; } = new("--data") { Description = "The directory for the portal's data.", HelpName = "DIR" };

    public Option<string[]> Urls { get; } = new("--urls")
    {
        Description = "The address to listen on. May be repeated. Default: http://localhost:7007.",
        HelpName = "URL",
        Arity = ArgumentArity.OneOrMore,
    };

    public Option<Sample?> Sample { get; } = Inputs.Option<Sample?>(
        "--sample", "The sample organisation to load. Default: polaris in Development, otherwise none.");

    public Option<string?> Environment { get; } = new("--environment")
    {
        Description = "Development, Staging, Production or another. Default: ASPNETCORE_ENVIRONMENT, or Production.",
        HelpName = "NAME",
    };

    public void AddAll(Command command)
    {
        AddForConfiguration(command);
        command.Add(Urls);
        command.Add(Sample);
    }

    public void AddForConfiguration(Command command)
    {
        command.Add(Config);
        command.Add(Data);
        command.Add(Environment);
    }

    public ServeSettings Read(ParseResult result)
    {
        var environment = result.GetValue(Environment) ?? parts.Variable("ASPNETCORE_ENVIRONMENT") ?? parts.Variable("DOTNET_ENVIRONMENT") ?? "Production";
        var settings = new ServeSettings
        {
            ConfigFiles = result.GetValue(Config) ?? [],
            DataDirectory = result.GetValue(Data),
            Urls = [.. (result.GetValue(Urls) ?? []).SelectMany(urls => urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
            Environment = environment,
            WorkingDirectory = parts.WorkingDirectory,
            ExecutableDirectory = parts.ExecutableDirectory,
            Variables = parts.Variables,
        };
        return settings with { Sample = result.GetValue(Sample) ?? (settings.IsDevelopment ? CommandLine.Sample.Polaris : CommandLine.Sample.None) };
    }
}
