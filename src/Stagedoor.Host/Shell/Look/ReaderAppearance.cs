using System.Data.Common;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stagedoor.Host.Http;
using Stagedoor.Host.Identity;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Shell.Look;

/// <summary>
/// Finds out how a page is to look before anything of it is made. The choice of those who come often is in memory, so this
/// costs nothing; and it must not be what keeps a page from being shown.
/// </summary>
internal sealed class ReaderAppearance(RequestDelegate next, IPersonalSettings settings)
{
    public async Task Invoke(HttpContext context)
    {
        if (!OwnPaths.IsAsset(context.Request.Path))
        {
            context.Features.Set(Appearance.Of(await Chosen(context), ReaderTheme.Remembered(context)));
        }

        await next(context);
    }

    private async ValueTask<ChosenAppearance?> Chosen(HttpContext context)
    {
        if (context.Features.Get<Identified>()?.Caller is not { IsReader: true } reader)
        {
            return null;
        }

        try
        {
            return await settings.Get<ChosenAppearance>(reader.Ref, ChosenAppearance.Key, context.RequestAborted);
        }
        catch (Exception e) when (e is DatabaseUnavailableException or DbException or JsonException)
        {
            // Whatever else needs the database will say that it is away.
            return null;
        }
    }
}
