using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Stagedoor.Sources.Tests.Serving;

/// <summary>Serves the repositories of a folder by git's own <c>http-backend</c>, as a web server would.</summary>
public sealed class GitServer(string folder)
{
    /// <summary>What <c>Authorization</c> must be, if anything.</summary>
    public string? Required { get; set; }

    public bool IsDown { get; set; }

    public async Task Answer(HttpContext context)
    {
        if (IsDown)
        {
            context.Response.StatusCode = 503;
            return;
        }

        if (Required is not null && context.Request.Headers.Authorization != Required)
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"git\"";
            return;
        }

        var start = new ProcessStartInfo("git", ["http-backend"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false,
            Environment =
            {
                ["GIT_PROJECT_ROOT"] = folder, ["GIT_HTTP_EXPORT_ALL"] = "1", ["PATH_INFO"] = context.Request.Path,
                ["REQUEST_METHOD"] = context.Request.Method, ["QUERY_STRING"] = context.Request.QueryString.Value?.TrimStart('?') ?? "",
                ["CONTENT_TYPE"] = context.Request.ContentType ?? "", ["REMOTE_ADDR"] = "127.0.0.1",
                ["HTTP_CONTENT_ENCODING"] = context.Request.Headers.ContentEncoding.ToString(),
                ["GIT_PROTOCOL"] = context.Request.Headers["Git-Protocol"].ToString(),
            },
        };
        using var process = Process.Start(start)!;
        await context.Request.Body.CopyToAsync(process.StandardInput.BaseStream);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        await Relay(context.Response, output.ToArray());
    }

    private static async Task Relay(HttpResponse response, byte[] said)
    {
        var end = said.AsSpan().IndexOf("\r\n\r\n"u8);
        foreach (var line in System.Text.Encoding.ASCII.GetString(said, 0, end).Split("\r\n"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = (line[..colon], line[(colon + 1)..].Trim());
            if (name == "Status")
            {
                response.StatusCode = int.Parse(value.Split(' ')[0], CultureInfo.InvariantCulture);
            }
            else
            {
                response.Headers[name] = value;
            }
        }

        await response.Body.WriteAsync(said.AsMemory(end + 4));
    }
}
