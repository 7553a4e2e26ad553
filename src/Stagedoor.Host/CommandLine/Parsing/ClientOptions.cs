using System.CommandLine;
using Stagedoor.Host.CommandLine.Api;
using Stagedoor.Host.CommandLine.Output;

namespace Stagedoor.Host.CommandLine.Parsing;

/// <summary>The options of commands that speak to a running portal, or that print results.</summary>
internal sealed class ClientOptions
{
    public Option<Uri?> Portal { get; } = Inputs.Option<Uri?>("--portal", $"The portal to ask. Default: STAGEDOOR_PORTAL, or {ApiClient.DefaultAddress}.", "URL");

    public Option<string?> Token { get; } = new("--token") { Description = "The service token to ask with. Default: STAGEDOOR_TOKEN.", HelpName = "TOKEN" };

    public Option<OutputFormat?> Output { get; } = Inputs.Option<OutputFormat?>("--output", "How to print the result. Default: table.", helpName: null, "-o");

    public IEnumerable<Option> All => [Portal, Token, Output];
}
