using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace Stagedoor.Catalog.Tests.Pages;

/// <summary>Looks at pages and sends their forms as a browser without scripts does, cookies and tokens included.</summary>
internal sealed class Visitor(HttpClient http)
{
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async Task<(HttpStatusCode Status, IHtmlDocument Page)> Look(string path)
    {
        using var answer = await Send(new HttpRequestMessage(HttpMethod.Get, path));
        return (answer.StatusCode, new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Cancelled)));
    }

    public async Task<IHtmlDocument> Page(string path)
    {
        var (status, page) = await Look(path);
        Assert.Equal(HttpStatusCode.OK, status);
        return page;
    }

    /// <summary>Sends the form of a page, with what its hidden fields hold, and tells where that leads.</summary>
    public async Task<(HttpStatusCode Status, string? Location)> Submit(string path, string form, params IEnumerable<(string Name, string Value)> fields)
    {
        var (_, page) = await Look(path);
        var element = page.QuerySelector($"form#{form}");
        Assert.NotNull(element);
        var sent = element.QuerySelectorAll("input[type=hidden]").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value") ?? "", StringComparer.Ordinal);
        foreach (var (name, value) in fields)
        {
            sent[name] = value;
        }

        using var answer = await Send(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(sent) });
        return (answer.StatusCode, answer.Headers.Location?.ToString());
    }

    private async Task<HttpResponseMessage> Send(HttpRequestMessage request)
    {
        request.Headers.Accept.ParseAdd("text/html");
        if (_cookies.Count > 0)
        {
            // Beside those that the client sends for itself.
            var own = http.DefaultRequestHeaders.TryGetValues("Cookie", out var values) ? values : [];
            request.Headers.Add("Cookie", string.Join("; ", own.Concat(_cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"))));
        }

        var answer = await http.SendAsync(request, Cancelled);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var pair = cookie.Split(';')[0].Split('=', 2);
            _cookies[pair[0]] = pair[1];
        }

        return answer;
    }
}
