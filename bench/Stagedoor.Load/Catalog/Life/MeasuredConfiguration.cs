using System.Security.Cryptography;
using System.Text;

namespace Stagedoor.Load.Catalog.Life;

/// <summary>What a measured portal is told: its catalog's files, and a token for who asks it.</summary>
internal static class MeasuredConfiguration
{
    public const string Token = "token-of-the-benchmark";

    /// <param name="served">A file over HTTP that the portal may read, and be told of by its refresh hook.</param>
    public static string Write(Store store, CatalogFiles files, ServedFile? served = null)
    {
        var file = Path.Combine(store.Data.FullName, "bench.yaml");
        File.WriteAllText(file, $"""
            identity:
              serviceTokens:
                - name: benchmark
                  hash: sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Token)))}
                  roles: [administrator]
            logging:
              level: warning
            {(store.Postgres is null ? "" : $"database:\n  postgres: \"{store.Postgres}\"")}
            {(served is null ? "" : $"sources:\n  allowedHosts: [\"{served.Address.Authority}\"]\n  allowPrivateAddresses: [\"127.0.0.0/8\"]")}
            catalog:
            {(served is null ? "" : $"  refreshHook:\n    secret: {Token}")}
              rules:
                - allow: [Component, API, Resource, System, Domain, Group, User, Location]
              locations:
                - type: file
                  target: {files.Target}
            """);
        return file;
    }
}
