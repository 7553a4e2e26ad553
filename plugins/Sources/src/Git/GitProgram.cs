using System.Diagnostics;
using System.Text;

namespace Stagedoor.Sources.Git;

/// <summary>Runs git in an environment of its own: no configuration of the user or the system, no hooks, no questions, no submodules.</summary>
internal sealed class GitProgram(GitOptions options, TimeProvider time)
{
    // Where nobody else can put a .git whose configuration would count.
    private static readonly string SafeFolder = OperatingSystem.IsWindows() ? Environment.SystemDirectory : "/";

    private const int MostErrorText = 16 * 1024;
    private static readonly string[] Kept = ["PATH", "USER", "TMPDIR", "TEMP", "TMP", "SSH_AUTH_SOCK", "SSL_CERT_FILE", "SSL_CERT_DIR", "SystemRoot", "USERPROFILE"];

    /// <exception cref="GitException">It failed, took too long or said too much.</exception>
    public async Task<byte[]> Run(GitCommand command, CancellationToken cancellationToken)
    {
        using var process = Start(command);
        using var limit = new CancellationTokenSource(command.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var error = ReadErrors(process, both.Token);
            var input = Feed(process, command.Input, both.Token);
            var output = await ReadOutput(process, command, both.Token);
            await input;
            var said = await error;
            await process.WaitForExitAsync(both.Token);
            return process.ExitCode == 0 ? output : throw new GitException($"git {command.Arguments[0]} failed: {LastLine(said)}", said);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new GitException($"git {command.Arguments[0]} took longer than {command.Timeout.TotalSeconds:0} seconds.", "") { IsTimeout = true };
        }
        finally
        {
            Kill(process);
        }
    }

    public async Task<string> Text(GitCommand command, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await Run(command, cancellationToken)).Trim();

    /// <summary>Starts git for a conversation. Whoever starts it ends it.</summary>
    public Process Start(GitCommand command)
    {
        var start = new ProcessStartInfo(options.Program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = SafeFolder,
        };
        foreach (var argument in command.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var name in Kept)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        foreach (var (name, value) in Variables(command))
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new OutboundException(
                $"The program {options.Program} cannot be started: {e.Message}. Install git, or name it in sources.git.program.", isPassing: false, e);
        }
    }

    public static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (InvalidOperationException)
        {
            // It ended in the same moment.
        }
    }

    private static IEnumerable<(string Name, string Value)> Variables(GitCommand command)
    {
        yield return ("LC_ALL", "C");

        // No .netrc: credentials come from the portal's configuration. Ssh finds the user's home by itself.
        yield return ("HOME", "/dev/null");
        yield return ("GIT_CONFIG_NOSYSTEM", "1");
        yield return ("GIT_CONFIG_GLOBAL", OperatingSystem.IsWindows() ? "NUL" : "/dev/null");
        yield return ("GIT_TERMINAL_PROMPT", "0");
        yield return ("GIT_ASKPASS", "");
        yield return ("GIT_OPTIONAL_LOCKS", "0");
        yield return ("GIT_NO_REPLACE_OBJECTS", "1");
        yield return ("GIT_LITERAL_PATHSPECS", "1");
        if (command.Repository is { } repository)
        {
            yield return ("GIT_DIR", repository);
        }

        foreach (var (name, value) in command.Variables)
        {
            yield return (name, value);
        }

        (string Key, string Value)[] settings =
        [
            ("core.hooksPath", "/dev/null"), ("core.fsmonitor", "false"), ("core.askPass", ""), ("core.attributesFile", "/dev/null"), ("credential.helper", ""),
            ("safe.directory", "*"), ("gc.auto", "0"), ("maintenance.auto", "false"), ("submodule.recurse", "false"), ("fetch.recurseSubmodules", "false"),
            ("log.showSignature", "false"), ("log.mailmap", "false"), ("protocol.allow", "never"), ("http.followRedirects", "false"),
            ("http.lowSpeedLimit", "1000"), ("http.lowSpeedTime", "30"),
            .. command.Protocols.Select(protocol => ($"protocol.{protocol}.allow", "always")),
            .. command.Settings,
        ];
        yield return ("GIT_CONFIG_COUNT", settings.Length.ToString());
        for (var i = 0; i < settings.Length; i++)
        {
            yield return ($"GIT_CONFIG_KEY_{i}", settings[i].Key);
            yield return ($"GIT_CONFIG_VALUE_{i}", settings[i].Value);
        }
    }

    private static async Task<byte[]> ReadOutput(Process process, GitCommand command, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        var buffer = new byte[32 * 1024];
        while (await process.StandardOutput.BaseStream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (output.Length + read > command.MostBytes)
            {
                throw new GitException($"git {command.Arguments[0]} answers with more than {command.MostBytes / (1024 * 1024)} MB.", "") { IsTooLarge = true };
            }

            output.Write(buffer, 0, read);
        }

        return output.ToArray();
    }

    private static async Task<string> ReadErrors(Process process, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new char[1024];
        while (await process.StandardError.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (text.Length < MostErrorText)
            {
                text.Append(buffer, 0, read);
            }
        }

        return text.ToString();
    }

    private static async Task Feed(Process process, string? input, CancellationToken cancellationToken)
    {
        try
        {
            if (input is not null)
            {
                await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(input), cancellationToken);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It did not want to hear all of it; its exit code says why.
        }
    }

    private static string LastLine(string said) =>
        said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "it did not say why";
}
