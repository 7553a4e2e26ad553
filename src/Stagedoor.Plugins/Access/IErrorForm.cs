using Microsoft.AspNetCore.Http;

namespace Stagedoor.Plugins;

/// <summary>
/// How errors look at addresses that other software expects. As metadata of an endpoint it also forms what the portal
/// itself answers there: that one has no identity or may not, that something failed or is not available.
/// </summary>
public interface IErrorForm
{
    Task Write(HttpContext context, int status, string message);
}
