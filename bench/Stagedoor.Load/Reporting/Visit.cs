using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Stagedoor.Load.Reporting;

/// <summary>
/// What a page and all that it names cost over the wire, heads included: on a first visit, and on a later one by a browser
/// that has kept what it may keep.
/// </summary>
internal sealed partial record Visit(long First, long Later, int Answers)
{
    private static readonly string[] AsBrowser = ["Accept-Encoding: gzip, br", "Accept: text/html,*/*", "Accept-Language: en-GB,en", "User-Agent: Mozilla/5.0 (X11; Linux x64) Chrome/150"];

    public static async Task<Visit> Of(Uri page, CancellationToken cancellationToken)
    {
        var html = await Ask(page, [], cancellationToken);
        var named = Links(Text(html)).Select(link => new Uri(page, link)).Where(address => address.Authority == page.Authority).Distinct().ToList();
        long first = html.Bytes, later = (await Ask(page, Again(html), cancellationToken)).Bytes;
        foreach (var address in named)
        {
            var answer = await Ask(address, [], cancellationToken);
            first += answer.Bytes;
            later += IsKept(answer) ? 0 : (await Ask(address, Again(answer), cancellationToken)).Bytes;
        }

        return new Visit(first, later, named.Count + 1);
    }

    private static async Task<Answer> Ask(Uri address, IEnumerable<string> more, CancellationToken cancellationToken)
    {
        await using var connection = new Connection();
        await connection.Open(address, cancellationToken);
        return await connection.Ask(Connection.Request(address, AsBrowser.Concat(more)), keep: true, cancellationToken);
    }

    private static string Text(Answer answer)
    {
        using var body = new MemoryStream(answer.Body);
        using Stream stream = Header(answer, "content-encoding") switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static bool IsKept(Answer answer) => MaxAge().Match(Header(answer, "cache-control") ?? "") is { Success: true } match && match.Groups["seconds"].Value != "0";

    private static IEnumerable<string> Again(Answer answer) => Header(answer, "etag") is { } etag ? [$"If-None-Match: {etag}"] : [];

    private static string? Header(Answer answer, string name) => answer.Head
        .Split("\r\n")
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .FirstOrDefault();

    /// <summary>What a browser fetches by itself: style sheets, icons, preloads, scripts, pictures and the sprites that they use.</summary>
    private static IEnumerable<string> Links(string html) =>
        Fetched().Matches(html).Select(match => System.Net.WebUtility.HtmlDecode(match.Groups["link"].Value).Split('#')[0]).Where(link => link.Length > 0 && !link.StartsWith("data:", StringComparison.Ordinal));

    [GeneratedRegex("""<(?:script|img|use|source)\b[^>]*?\b(?:src|href)="(?<link>[^"]+)"|<link\b(?=[^>]*\brel="(?:stylesheet|icon|modulepreload|preload|manifest)")[^>]*?\bhref="(?<link>[^"]+)["]""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Fetched();

    [GeneratedRegex(@"max-age=(?<seconds>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MaxAge();
}
