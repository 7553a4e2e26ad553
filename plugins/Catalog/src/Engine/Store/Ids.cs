using System.Security.Cryptography;
using System.Text;

namespace Stagedoor.Catalog.Engine.Store;

/// <summary>Ids that every replica works out alike from what they stand for.</summary>
internal static class Ids
{
    public static Guid OfSource(string origin, string type, string target) => Of($"source\n{origin}\n{type}\n{target}");

    public static Guid OfPlace(Guid source, string type, string target) => Of($"place\n{source:N}\n{type}\n{target}");

    public static Guid OfFile(Guid place, string path) => Of($"file\n{place:N}\n{path}");

    private static Guid Of(string name)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);

        // Version 8: an id of our own making.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
