using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Stagedoor.Host.Tests.Loading;
using Stagedoor.Plugins;
using Stagedoor.Testing.Portals;

namespace Stagedoor.Host.Tests.Identity;

public sealed class IdentityTests
{
    private const string Token = "a-token-for-tests-only";

    private static readonly string WithToken =
        $$"""
        identity:
          serviceTokens:
            - name: reader
              hash: sha256:{{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Token)))}}
            - name: keeper
              hash: sha256:{{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Token + "-2")))}}
              roles: [administrator]
            - name: reader
              hash: sha256:{{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Token + "-3")))}}
              roles: [administrator]
        """;

    private static readonly Permission Secret = new("guarded.secret", "See the secret.");

    private static readonly IPlugin Guarded = new TestPlugin("guarded", plugin => plugin
        .Permission(Secret, Role.Administrator)
        .Api(api =>
        {
            api.MapGet("/who", (Caller caller) => $"{caller.Kind} {caller.Ref}");
            api.MapGet("/secret", () => "the secret").Requires(Secret);
            api.MapGet("/open", () => "open").Public();
            api.MapPost("/change", () => "changed");
        }));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outside_development_nobody_is_anybody_without_a_token()
    {
        await using var portal = await Start("Production");

        (await portal.Http.GetAsync("/api/guarded/who", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await portal.Http.GetAsync("/settings", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await portal.Http.GetStringAsync("/api/guarded/open", Cancelled)).ShouldBe("open");
    }

    [Fact]
    public async Task A_service_token_makes_the_caller_a_service_with_its_roles()
    {
        await using var portal = await Start("Production");

        (await Ask(portal, "/api/guarded/who", Token)).Body.ShouldBe("Service service:default/reader");
        (await Ask(portal, "/api/guarded/secret", Token)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Ask(portal, "/api/guarded/secret", Token + "-2")).Body.ShouldBe("the secret");
    }

    [Fact]
    public async Task Two_tokens_of_one_name_keep_their_own_roles()
    {
        await using var portal = await Start("Production");

        (await Ask(portal, "/api/guarded/secret", Token + "-3")).Body.ShouldBe("the secret");
        (await Ask(portal, "/api/guarded/secret", Token)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Ask(portal, "/api/guarded/secret", Token + "-3")).Body.ShouldBe("the secret");
    }

    [Fact]
    public async Task A_wrong_token_makes_one_nobody_even_where_one_is_somebody_without_it()
    {
        await using var portal = await Start("Development");

        (await Ask(portal, "/api/guarded/who", "wrong")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await portal.Http.GetStringAsync("/api/guarded/who", Cancelled)).ShouldBe("Person user:default/mae");
    }

    [Fact]
    public async Task In_development_without_the_sample_one_is_a_guest_with_full_rights()
    {
        await using var portal = await TestPortal.Start(new TestPortalOptions { Plugins = [Guarded], Sample = "none" }, Cancelled);

        (await portal.Http.GetStringAsync("/api/guarded/who", Cancelled)).ShouldBe("Guest user:default/guest");
        (await portal.Http.GetStringAsync("/api/guarded/secret", Cancelled)).ShouldBe("the secret");
        (await portal.Page("/settings", Cancelled)).Body!.TextContent.ShouldContain("guest with full rights");
    }

    [Fact]
    public async Task One_can_be_another_person_of_the_sample()
    {
        await using var portal = await Start("Development");
        using var kim = portal.As("kim");

        (await portal.Http.GetAsync("/api/guarded/secret", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await kim.GetStringAsync("/api/guarded/secret", Cancelled)).ShouldBe("the secret");
        (await TestPortal.Page(kim, "/settings/plugins", Cancelled)).QuerySelector("h1")!.TextContent.ShouldBe("Plugins");
    }

    [Fact]
    public async Task A_refused_page_names_the_permission_that_is_missing()
    {
        await using var portal = await Start("Development");

        (await portal.Page("/settings/plugins", Cancelled)).Body!.TextContent.ShouldContain("portal.manage-plugins");
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Another_site_cannot_make_a_browser_change_something(string header, string value)
    {
        await using var portal = await Start("Development");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/guarded/change");
        request.Headers.Add(header, value);

        (await portal.Http.SendAsync(request, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_program_that_says_nothing_of_its_origin_may_change_something()
    {
        await using var portal = await Start("Development");

        (await portal.Http.PostAsync("/api/guarded/change", null, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_foreign_host_name_is_refused_where_one_is_somebody_without_signing_in()
    {
        await using var portal = await Start("Development");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/guarded/who");
        request.Headers.Host = "rebound.evil.example";

        var response = await portal.Http.SendAsync(request, Cancelled);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(Cancelled)).ShouldContain("server.allowedHosts");
    }

    private static Task<TestPortal> Start(string environment) =>
        TestPortal.Start(new TestPortalOptions { Plugins = [Guarded], Environment = environment, Configuration = WithToken }, Cancelled);

    private static async Task<(HttpStatusCode Status, string Body)> Ask(TestPortal portal, string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await portal.Http.SendAsync(request, Cancelled);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancelled));
    }
}
