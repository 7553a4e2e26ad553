using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Stagedoor.Testing.Processes;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.CatalogClient.Tests;

/// <summary>A portal that holds the entities of <c>entities.mjs</c>, for the official client to ask.</summary>
internal sealed class AskedPortal : IAsyncDisposable
{
    private const string Token = "token-of-the-official-client";
    private readonly PortalProcess _portal;
    private readonly DirectoryInfo _entities;

    private AskedPortal(PortalProcess portal, DirectoryInfo entities, Uri places)
    {
        _portal = portal;
        _entities = entities;
        Variables = new Dictionary<string, string>
        {
            ["PORTAL"] = new Uri(portal.Address, "api/catalog").ToString(), ["TOKEN"] = Token, ["PLACES"] = places.ToString(),
        };
    }

    /// <summary>What the scripts read from their environment.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    public static async Task<AskedPortal> Start(CancellationToken cancellationToken)
    {
        var entities = Directory.CreateTempSubdirectory("stagedoor-entities-");
        var count = int.Parse(await OfficialClient.Run("entities.mjs", [entities.FullName], new Dictionary<string, string>(), cancellationToken), CultureInfo.InvariantCulture);
        var places = new Uri($"http://127.0.0.1:{FreePort.Find()}/");
        var portal = await PortalProcess.Start(new PortalProcessOptions { Configuration = Configuration(entities.FullName, places) }, cancellationToken);
        var asked = new AskedPortal(portal, entities, places);
        try
        {
            await asked.UntilItHolds(count, cancellationToken);
            return asked;
        }
        catch
        {
            await asked.DisposeAsync();
            throw;
        }
    }

    public async Task Ask(string script, params string[] arguments) =>
        TestContext.Current.SendDiagnosticMessage(await OfficialClient.Run(script, arguments, Variables, TestContext.Current.CancellationToken));

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        _entities.Delete(recursive: true);
    }

    private async Task UntilItHolds(int count, CancellationToken cancellationToken)
    {
        async Task<int> Look()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/catalog/entity-facets?facet=kind")
            {
                Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Token) },
            };
            using var answer = await _portal.Http.SendAsync(request, cancellationToken);
            answer.EnsureSuccessStatusCode();
            using var facets = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(cancellationToken));
            return facets.RootElement.GetProperty("facets").GetProperty("kind").EnumerateArray()
                .Where(kind => kind.GetProperty("value").GetString() != "Location")
                .Sum(kind => kind.GetProperty("count").GetInt32());
        }

        try
        {
            await Eventually.Reach($"{count} entities", TimeSpan.FromSeconds(60), Look, seen => seen >= count, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or HttpRequestException)
        {
            throw new InvalidOperationException(_portal.Describe(e.Message), e);
        }
    }

    private static string Configuration(string entities, Uri places) => $"""
        identity:
          serviceTokens:
            - name: official-client
              hash: sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Token)))}
              roles: [administrator]
        catalog:
          orphanGrace: 1s
          rules:
            - allow: [Component, API, Resource, System, Domain, Group, User, Location]
          locations:
            - type: file
              target: {entities}/entities.yaml
            - type: file
              target: {entities}/by-hand.yaml
        sources:
          allowedHosts: ["{places.Authority}"]
          allowPrivateAddresses: ["127.0.0.0/8"]
        """;
}
