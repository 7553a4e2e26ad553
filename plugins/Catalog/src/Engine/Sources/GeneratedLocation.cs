using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Sources;

/// <summary>The Location entity that stands for a configured or registered location in the catalog, named after what it names.</summary>
internal static class GeneratedLocation
{
    public static EntityRef Ref(string type, string target) => new("location", EntityRef.DefaultNamespace, Name(type, target));

    public static byte[] Json(EntityRef entity, string type, string target, bool isOptional) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        apiVersion = "backstage.io/v1alpha1",
        kind = "Location",
        metadata = new { name = entity.Name },
        spec = new { type, target, presence = isOptional ? "optional" : "required" },
    });

    private static string Name(string type, string target)
    {
#pragma warning disable CA5350 // The name is Backstage's; nothing relies on its strength.
        return $"generated-{Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes($"{type}:{target}")))}";
#pragma warning restore CA5350
    }
}
