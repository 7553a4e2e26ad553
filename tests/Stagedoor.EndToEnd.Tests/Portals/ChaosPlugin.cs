using System.Net.Http.Json;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.Portals;

/// <summary>The plugin of tests/Stagedoor.EndToEnd.Plugin as it is dropped into portals, and the routes it has.</summary>
internal static class ChaosPlugin
{
    /// <summary>What was published, or what was built where nothing was published.</summary>
    public static string Published =>
        Environment.GetEnvironmentVariable("STAGEDOOR_TEST_PUBLISHED_PLUGIN") is { Length: > 0 } folder
            ? folder
            : BuildOutput.Of("tests/Stagedoor.EndToEnd.Plugin");

    public static async Task<Guid> StartOperation(this PortalProcess portal, CancellationToken cancellationToken)
    {
        using var answer = await portal.Http.PostAsync(new Uri("api/chaos/operations", UriKind.Relative), content: null, cancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue(portal.Describe($"Beginning an operation answered {(int)answer.StatusCode}"));
        return (await answer.Content.ReadFromJsonAsync<Started>(cancellationToken))!.Id;
    }

    public static async Task<Handled> FindOperation(this PortalProcess portal, Guid id, CancellationToken cancellationToken) =>
        (await portal.Http.GetFromJsonAsync<Handled>($"api/chaos/operations/{id}", cancellationToken))!;

    public static async Task<Beats> Beats(this PortalProcess portal, CancellationToken cancellationToken) =>
        (await portal.Http.GetFromJsonAsync<Beats>("api/chaos/beats", cancellationToken))!;

    public static async Task<IReadOnlyList<SlowRow>> SlowRows(this PortalProcess portal, CancellationToken cancellationToken) =>
        (await portal.Http.GetFromJsonAsync<IReadOnlyList<SlowRow>>("api/chaos/slow", cancellationToken))!;

    private sealed record Started(Guid Id);
}

/// <summary>How often the items of the slow operation were handled, and by whom.</summary>
internal sealed record Handled(long Times, long Distinct, IReadOnlyList<string> Replicas, string State, int Attempt);

internal sealed record Beats(long Count, long DistinctFirings, IReadOnlyList<string> Replicas);

internal sealed record SlowRow(string What, string Replica);
