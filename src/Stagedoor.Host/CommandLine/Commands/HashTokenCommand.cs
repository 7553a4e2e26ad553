using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Stagedoor.Host.CommandLine.Output;
using Stagedoor.Host.CommandLine.Parsing;
using Stagedoor.Plugins;

namespace Stagedoor.Host.CommandLine.Commands;

/// <summary><c>hash-token</c>: a service token, and the hash that stands for it in the configuration.</summary>
internal static class HashTokenCommand
{
    private const int MinLength = 20;

    public static PortalCommand Create(CommandLineParts parts, System.CommandLine.Option<OutputFormat?> output)
    {
        var command = new PortalCommand("hash-token", "Make a service token, or hash one read from standard input, for identity.serviceTokens.", PortalCommand.Here)
        {
            Examples =
            [
                new("stagedoor hash-token", "Make a new token and its hash"),
                new("stagedoor hash-token < token.txt", "Hash a token you have"),
            ],
        };
        command.Add(output);
        command.SetAction(async (result, cancellationToken) =>
        {
            var given = parts.Terminal.IsInputPiped ? (await parts.Terminal.In.ReadToEndAsync(cancellationToken)).Trim() : "";
            if (given.Length is > 0 and < MinLength)
            {
                new TerminalOutput(parts.Terminal, OutputFormat.Table).Error($"This token has {given.Length} characters, and fewer than {MinLength} can be guessed. Without input a good one is made.");
                return ExitCode.Failed;
            }

            var token = given.Length > 0 ? given : Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
            var hash = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
            var made = new TokenAndHash(given.Length > 0 ? null : token, hash);
            CommandColumn<TokenAndHash>[] fields = [new("Hash", item => item.Hash)];
            var results = new TerminalOutput(parts.Terminal, result.GetValue(output) ?? OutputFormat.Table);
            results.Item(made, given.Length > 0 ? fields : [new("Token", item => item.Token), .. fields]);
            if (given.Length == 0)
            {
                results.Note("Give the token to the program; it is not kept anywhere. The hash goes to identity.serviceTokens in the configuration.");
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private sealed record TokenAndHash(string? Token, string Hash);
}
