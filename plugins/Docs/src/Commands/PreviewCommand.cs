using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Stagedoor.Docs.Places;
using Stagedoor.Docs.Reading;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Commands;

/// <summary>
/// Shows a folder as its readers will see it: a portal of its own, on this machine only, whose catalog has that one entity. The
/// page follows each save.
/// </summary>
internal static class PreviewCommand
{
    private const int MostSaid = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static void Add(CommandBuilder command)
    {
        var folder = command.Argument<string>("folder", "The folder of mkdocs.yml or of Markdown.", ".", required: false);
        var port = command.Option("--port", "The port of the preview; 0 for any that is free.", 0);
        command.Run(async (context, cancellationToken) =>
        {
            var path = Path.GetFullPath(context.Value(folder) ?? ".", context.WorkingDirectory);
            if (!Directory.Exists(path))
            {
                context.Output.Error($"There is no folder {path}. Name the folder of mkdocs.yml, or one of Markdown.");
                return ExitCode.Usage;
            }

            var data = Directory.CreateTempSubdirectory("stagedoor-preview-").FullName;
            try
            {
                return await Show(context, path, context.Value(port), data, cancellationToken);
            }
            finally
            {
                await Remove(data, context);
            }
        });
    }

    private static async Task<int> Show(CommandContext context, string folder, int port, string data, CancellationToken cancellationToken)
    {
        var address = $"http://127.0.0.1:{(port == 0 ? FreePort() : port).ToString(CultureInfo.InvariantCulture)}";
        await File.WriteAllTextAsync(Path.Combine(data, "preview.yaml"), Entity(folder), cancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(data, "stagedoor.yaml"),
            $"""
            catalog:
              locations:
                - type: file
                  target: {Quoted(Path.Combine(data, "preview.yaml"))}
            docs:
              preview: {Quoted(folder)}
            """,
            cancellationToken);

        using var portal = new Process { StartInfo = Start(data, address) };
        var said = new Queue<string>();
        portal.OutputDataReceived += (_, line) => Keep(said, line.Data);
        portal.ErrorDataReceived += (_, line) => Keep(said, line.Data);
        portal.Start();
        portal.BeginOutputReadLine();
        portal.BeginErrorReadLine();
        try
        {
            if (!await IsThere(portal, address, cancellationToken))
            {
                context.Output.Error($"The preview did not start.\n{string.Join('\n', Last(said))}");
                return ExitCode.Failed;
            }

            context.Output.Line($"{address}{DocsAddress.Of(DocsPlaces.PreviewEntity)}");
            context.Output.Note($"{folder} is shown there, and again after each save. Ctrl+C ends it.");
            await portal.WaitForExitAsync(cancellationToken);
            context.Output.Error($"The preview has ended.\n{string.Join('\n', Last(said))}");
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Ok;
        }
        finally
        {
            if (!portal.HasExited)
            {
                portal.Kill(entireProcessTree: true);
                await portal.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private static string Entity(string folder) =>
        $"""
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata:
          name: preview
          title: {Quoted(Path.GetFileName(folder.TrimEnd(Path.DirectorySeparatorChar)) is { Length: > 0 } name ? name : "Preview")}
          annotations:
            backstage.io/techdocs-ref: dir:.
        spec:
          type: documentation
          lifecycle: experimental
          owner: guests
        """;

    private static ProcessStartInfo Start(string data, string address)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }

        foreach (var argument in new[] { "--data", data, "--config", Path.Combine(data, "stagedoor.yaml"), "--sample", "none", "--urls", address })
        {
            start.ArgumentList.Add(argument);
        }

        // On this machine, for whoever sits at it: nobody has to sign in.
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        return start;
    }

    /// <summary>A program that the portal had started may still write for a moment after it has ended.</summary>
    private static async Task Remove(string data, CommandContext context)
    {
        for (var left = 20; ; left--)
        {
            try
            {
                Directory.Delete(data, recursive: true);
                return;
            }
            catch (IOException) when (left > 0)
            {
                await Task.Delay(100, CancellationToken.None);
            }
            catch (IOException e)
            {
                context.Output.Note($"{data} could not be removed: {e.Message}");
                return;
            }
        }
    }

    private static async Task<bool> IsThere(Process portal, string address, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(5) };
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience && !portal.HasExited; await Task.Delay(100, cancellationToken))
        {
            try
            {
                using var answer = await http.GetAsync(DocsAddress.Of(DocsPlaces.PreviewEntity), cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return true;
                }
            }
            catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // It has not come up yet, or takes its time with the first answer.
                continue;
            }
        }

        return false;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A preview may run for days: only its last words are kept.</summary>
    private static void Keep(Queue<string> said, string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        lock (said)
        {
            said.Enqueue(line);
            if (said.Count > MostSaid)
            {
                said.Dequeue();
            }
        }
    }

    private static List<string> Last(Queue<string> said)
    {
        lock (said)
        {
            return [.. said];
        }
    }

    /// <summary>As YAML takes any text: between quotes that are doubled within.</summary>
    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
