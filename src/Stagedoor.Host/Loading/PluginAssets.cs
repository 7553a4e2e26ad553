using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace Stagedoor.Host.Loading;

/// <summary>
/// Serves the assets of plugins from the folder at the addresses that a compiled-in plugin's have, <c>/_plugins/{id}/…</c>.
/// They carry no fingerprint, so a browser asks each time and mostly hears that nothing has changed.
/// </summary>
internal static class PluginAssets
{
    public static void UsePluginAssets(this IApplicationBuilder app)
    {
        foreach (var plugin in app.ApplicationServices.GetRequiredService<PluginRegistry>().Active.Where(plugin => plugin.Folder is not null))
        {
            var root = Path.Combine(plugin.Folder!, "wwwroot");
            if (!Directory.Exists(root))
            {
                continue;
            }

            var prefix = $"/_plugins/{plugin.Id}";
            var published = Path.Combine(root, "_plugins", plugin.Id);
            app.UseStaticFiles(new StaticFileOptions
            {
                RequestPath = prefix,
                FileProvider = new PhysicalFileProvider(Directory.Exists(published) ? published : root),
                ContentTypeProvider = new FileExtensionContentTypeProvider(),
                OnPrepareResponse = context => context.Context.Response.Headers.CacheControl = "no-cache",
            });
        }
    }
}
