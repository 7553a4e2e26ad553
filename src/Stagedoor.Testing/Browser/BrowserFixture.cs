using Microsoft.Playwright;
using Stagedoor.Testing.Processes;
using Xunit;

namespace Stagedoor.Testing.Browser;

/// <summary>
/// One Chromium for all tests of an assembly, started when the first test asks for it. Register it by
/// <c>[assembly: AssemblyFixture(typeof(BrowserFixture))]</c> and take it in the constructor.
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private readonly SemaphoreSlim _starting = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Opens a window of its own: no cookies, an empty cache.</summary>
    public async Task<Visitor> Open(View view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var browser = await Browser(Needs.Chromium());
        return await Visitor.Arrive(await browser.NewContextAsync(view.ToContext()), view);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _starting.Dispose();
    }

    private async Task<IBrowser> Browser(string path)
    {
        await _starting.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = path,
                Headless = true,
                Args =
                [
                    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                ],
            });
        }
        finally
        {
            _starting.Release();
        }
    }
}
