using Microsoft.AspNetCore.Http;

namespace Stagedoor.Host.Http;

/// <summary>Addresses that are answered whatever else is the matter: for those who watch over the process, and for what pages are made of.</summary>
internal static class OwnPaths
{
    public static bool IsProbe(PathString path) => path == "/healthz" || path == "/readyz" || path == "/metrics";

    public static bool IsAsset(PathString path) => path.StartsWithSegments("/_ui") || path.StartsWithSegments("/_plugins");
}
