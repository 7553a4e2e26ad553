using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;
using Stagedoor.Load.Catalog.Life;

namespace Stagedoor.Load.Pages;

/// <summary>Chromium, which tells when a reader sees something and what came over the wire for it.</summary>
internal sealed class MeasuringBrowser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private MeasuringBrowser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<MeasuringBrowser> Start(string chromium)
    {
        var playwright = await Playwright.CreateAsync();
        return new MeasuringBrowser(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        }));
    }

    /// <summary>Windows of their own: no cookies, an empty cache.</summary>
    public Task<IBrowserContext> Open(Dictionary<string, string>? headers = null) =>
        _browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 }, ExtraHTTPHeaders = headers });

    public async Task<Visits> Visit(PageTarget target, MeasuredPage page, int times)
    {
        var first = new List<Seen>();
        var later = new List<Seen>();
        for (var i = 0; i < times; i++)
        {
            await using var context = await Open(new() { ["Authorization"] = $"Bearer {MeasuredConfiguration.Token}" });
            var window = await context.NewPageAsync();
            first.Add(await Look(window, target, page.Addresses[(2 * i) % page.Addresses.Count], page.Content));
            await window.GotoAsync(target.Portal.ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
            later.Add(await Look(window, target, page.Addresses[((2 * i) + 1) % page.Addresses.Count], page.Content));
        }

        return new Visits(Middle(first), Middle(later));
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static async Task<Seen> Look(IPage window, PageTarget target, string address, string content)
    {
        var bytes = new ConcurrentBag<long>();
        var session = await window.Context.NewCDPSessionAsync(window);
        session.Event("Network.loadingFinished").OnEvent += (_, json) => bytes.Add((long)json!.Value.GetProperty("encodedDataLength").GetDouble());
        await session.SendAsync("Network.enable");
        await window.GotoAsync(new Uri(target.Portal, address).ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await window.WaitForSelectorAsync(content);

        // The browser's own clock of this navigation, read when what came after the content has been painted.
        var seen = (await window.EvaluateAsync<JsonElement>(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => { const paint = performance.getEntriesByName('first-contentful-paint')[0]; done(paint ? paint.startTime : performance.now()); })))"))
            .GetDouble();
        await window.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await session.DetachAsync();
        return new Seen(seen, bytes.Sum(), bytes.Count(size => size > 0));
    }

    private static Seen Middle(List<Seen> all) => Median.Of(all, seen => seen.Milliseconds) with
    {
        Worst = all.Max(seen => seen.Milliseconds), Bytes = all.Max(seen => seen.Bytes), Requests = all.Max(seen => seen.Requests),
    };
}
