using System.Net;
using System.Text;

namespace Stagedoor.Load.Catalog.Life;

/// <summary>One catalog file at an address, which nobody can watch: the portal has to be told that it has changed.</summary>
internal sealed class ServedFile : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;
    private volatile string _description = "";

    public ServedFile(int port)
    {
        Address = new Uri($"http://127.0.0.1:{port}/catalog-info.yaml");
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _serving = Serve();
    }

    public const string Entity = "component:default/served-by-the-benchmark";

    public const string Path = "entities/by-name/component/default/served-by-the-benchmark";

    public Uri Address { get; }

    public void Describe(string description) => _description = description;

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                var text = $"apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: served-by-the-benchmark\n  description: {_description}\nspec: {{ type: service, lifecycle: production, owner: ops }}\n";
                context.Response.ContentType = "text/yaml";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The portal has hung up, or the listener is closed.
            }
        }
    }
}
