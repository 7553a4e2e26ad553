using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stagedoor.Host;
using Stagedoor.Host.CommandLine;
using Stagedoor.Host.Configuration;
using Stagedoor.Host.Identity;
using Stagedoor.Host.People;
using Stagedoor.Host.Starting;
using Stagedoor.Plugins;
using Stagedoor.Testing.Logging;
using Stagedoor.Testing.Processes;

namespace Stagedoor.Testing.Portals;

/// <summary>What a portal for a test is made of.</summary>
public sealed record TestPortalOptions
{
    public IReadOnlyList<IPlugin> Plugins { get; init; } = [];

    /// <summary>The text of a <c>stagedoor.yaml</c>.</summary>
    public string? Configuration { get; init; }

    public string Environment { get; init; } = "Development";

    /// <summary>The sample organisation. In <c>polaris</c> one is its person mae, see <see cref="TestPortal.As"/>; <c>none</c> makes one a guest with full rights.</summary>
    public string Sample { get; init; } = "polaris";
}

/// <summary>
/// A whole portal in the test's own process, with the real pipeline on a port of its own and a database of its own.
/// </summary>
public sealed class TestPortal : IAsyncDisposable
{
    private readonly WebApplication _portal;
    private readonly string _data;

    private TestPortal(WebApplication portal, string data)
    {
        _portal = portal;
        _data = data;
        Http = Client(cookie: null);
    }

    /// <summary>Speaks to the portal as whoever one is without signing in. It follows no redirects.</summary>
    public HttpClient Http { get; }

    public IServiceProvider Services => _portal.Services;

    public static async Task<TestPortal> Start(TestPortalOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var data = Directory.CreateTempSubdirectory("stagedoor-test-").FullName;
        if (options.Configuration is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(data, PortalConfiguration.FileName), options.Configuration, cancellationToken);
        }

        var sample = Enum.Parse<Sample>(options.Sample, ignoreCase: true);
        var portal = PortalApplication.Build(new PortalSetup
        {
            Configuration = PortalConfiguration.Load(new ConfigurationRequest
            {
                WorkingDirectory = data, DefaultDataDirectory = data, DataDirectory = data, Urls = ["http://127.0.0.1:0"],
                Sample = sample == Sample.None ? null : SampleOrganisation.Configuration(AppContext.BaseDirectory),
            }),
            FirstParty = options.Plugins,
            Environment = options.Environment,
            Logging = logging => logging.ClearProviders().AddTestOutput(),
            Sample = sample,
        });
        await portal.StartAsync(cancellationToken);
        await portal.Services.GetRequiredService<PortalReadiness>().Ready.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
        return new TestPortal(portal, data);
    }

    public T Service<T>()
        where T : notnull => _portal.Services.GetRequiredService<T>();

    /// <summary>A client that is signed in as a person of the sample organisation, such as the administrator <c>kim</c>.</summary>
    public HttpClient As(string person)
    {
        var cookie = Service<IDataProtectionProvider>().CreateProtector(SamplePersonCookie.Purpose).Protect(EntityRef.User(person).ToString());
        return Client($"{SamplePersonCookie.Name}={cookie}");
    }

    /// <summary>A page as a document, whatever its status.</summary>
    public async Task<IHtmlDocument> Page(string path, CancellationToken cancellationToken) => await Page(Http, path, cancellationToken);

    public static async Task<IHtmlDocument> Page(HttpClient client, string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        using var response = await client.SendAsync(request, cancellationToken);
        return new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync(cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _portal.StopAsync();
        await _portal.DisposeAsync();
        await Folders.Remove(_data);
    }

    private HttpClient Client(string? cookie)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.All })
        {
            BaseAddress = new Uri(_portal.Urls.First()),
        };
        if (cookie is not null)
        {
            client.DefaultRequestHeaders.Add("Cookie", cookie);
        }

        return client;
    }
}
