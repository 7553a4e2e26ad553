using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Stagedoor.Testing.Portals;

namespace Stagedoor.Host.Tests.Jobs;

/// <summary>Jobs as programs meet them: through the whole pipeline.</summary>
public sealed class JobsOverHttpTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_tells_its_state_and_its_runs()
    {
        await using var portal = await TestPortal.Start(new TestPortalOptions(), Stop);
        using var administrator = portal.As("kim");

        var list = await administrator.GetFromJsonAsync<JsonElement>("/api/portal/jobs", Stop);
        list.GetProperty("total").GetInt64().ShouldBe(list.GetProperty("items").GetArrayLength());
        var before = await administrator.GetFromJsonAsync<JsonElement>("/api/portal/jobs/portal.prune-operations", Stop);
        before.GetProperty("state").GetString().ShouldBe("waiting");
        before.GetProperty("scope").GetString().ShouldBe("cluster");

        (await administrator.PostAsync("/api/portal/jobs/portal.prune-operations/run", content: null, Stop)).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        await Eventually.Be(
            async () => (await administrator.GetFromJsonAsync<JsonElement>("/api/portal/jobs/portal.prune-operations", Stop)).GetProperty("state").GetString() == "succeeded",
            "the job tells how it went");
        var runs = await administrator.GetFromJsonAsync<JsonElement>("/api/portal/jobs/portal.prune-operations/runs?limit=1", Stop);
        runs.GetProperty("items")[0].GetProperty("outcome").GetString().ShouldBe("succeeded");
    }

    [Theory]
    [InlineData("/api/portal/jobs/no.such", HttpStatusCode.NotFound, "There is no such job")]
    [InlineData("/api/portal/operations/0198a2c4-5b1e-7c3d-9a44-2f6d1c0e8b17", HttpStatusCode.NotFound, "There is no such operation")]
    [InlineData("/api/portal/jobs/portal.prune-operations/runs?limit=0", HttpStatusCode.BadRequest, "The limit is 1 to 200.")]
    [InlineData("/api/portal/operations?offset=-1", HttpStatusCode.BadRequest, "The offset is 0 or more.")]
    [InlineData("/api/portal/audit?limit=501", HttpStatusCode.BadRequest, "The limit is 1 to 500.")]
    public async Task Rooms_refuse_in_the_same_words(string path, HttpStatusCode status, string words)
    {
        await using var portal = await TestPortal.Start(new TestPortalOptions(), Stop);
        using var administrator = portal.As("kim");

        using var answer = await administrator.GetAsync(path, Stop);

        answer.StatusCode.ShouldBe(status);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        new[] { problem.GetProperty("title").GetString(), problem.GetProperty("detail").GetString() }.ShouldContain(words);
    }
}
