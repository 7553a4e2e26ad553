using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace Stagedoor.Testing.Browser;

/// <summary>Somebody in front of a browser's window: goes to pages, and remembers what the browser complained of and what it cost.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<Transfer> _transfers = new();
    private readonly ConcurrentDictionary<string, string> _addresses = new();

    private Visitor(IBrowserContext context, IPage page, View view)
    {
        Context = context;
        Page = page;
        View = view;
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public View View { get; }

    /// <summary>Errors on the console, broken promises, refused contents: on a page that is right there are none.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    internal static async Task<Visitor> Arrive(IBrowserContext context, View view)
    {
        context.SetDefaultTimeout(15_000);
        var page = await context.NewPageAsync();
        var visitor = new Visitor(context, page, view);
        page.Console += (_, message) => visitor.Hear(message);
        page.PageError += (_, error) => visitor._complaints.Enqueue($"Uncaught: {error}");
        await visitor.Count();
        return visitor;
    }

    /// <summary>Goes to a page and waits until the network is quiet.</summary>
    public async Task<IResponse> Go(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return await Page.GotoAsync(address.ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle })
            ?? throw new InvalidOperationException($"{address} is where the browser already was.");
    }

    /// <summary>Goes to a page and tells what came over the wire for it, headers and all. What is cached costs nothing.</summary>
    public async Task<Cost> Weigh(Uri address)
    {
        _transfers.Clear();
        await Go(address);
        return new Cost([.. _transfers]);
    }

    /// <summary>Takes a picture of the whole page when STAGEDOOR_SCREENSHOTS names a folder.</summary>
    public async Task Photograph(string name)
    {
        if (Environment.GetEnvironmentVariable("STAGEDOOR_SCREENSHOTS") is not { Length: > 0 } folder)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{View}.png"), FullPage = true, Animations = ScreenshotAnimations.Disabled });
    }

    public async ValueTask DisposeAsync() => await Context.DisposeAsync();

    private void Hear(IConsoleMessage message)
    {
        // A page that answers 404 or 500 on purpose makes the browser say so; that is no complaint about the page.
        if (message.Type is "error" && !message.Text.StartsWith("Failed to load resource: the server responded with a status of", StringComparison.Ordinal))
        {
            _complaints.Enqueue($"{message.Text} ({message.Location})");
        }
        else if (message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase))
        {
            _complaints.Enqueue($"{message.Text} ({message.Location})");
        }
    }

    private async Task Count()
    {
        var session = await Context.NewCDPSessionAsync(Page);
        session.Event("Network.requestWillBeSent").OnEvent += (_, json) =>
        {
            if (json is { } sent)
            {
                _addresses[sent.GetProperty("requestId").GetString()!] = sent.GetProperty("request").GetProperty("url").GetString()!;
            }
        };
        session.Event("Network.loadingFinished").OnEvent += (_, json) =>
        {
            if (json is { } done)
            {
                var id = done.GetProperty("requestId").GetString()!;
                _transfers.Enqueue(new Transfer(_addresses.GetValueOrDefault(id, id), (long)done.GetProperty("encodedDataLength").GetDouble()));
            }
        };
        await session.SendAsync("Network.enable");
    }
}

/// <summary>What came over the wire for one address.</summary>
public sealed record Transfer(string Address, long Bytes);

/// <summary>What a visit cost.</summary>
public sealed record Cost(IReadOnlyList<Transfer> Transfers)
{
    public long Bytes => Transfers.Sum(transfer => transfer.Bytes);

    public override string ToString() =>
        $"{Bytes:N0} bytes in {Transfers.Count} answers:\n" + string.Join('\n', Transfers.OrderByDescending(transfer => transfer.Bytes).Select(transfer => $"  {transfer.Bytes,8:N0}  {transfer.Address}"));
}
