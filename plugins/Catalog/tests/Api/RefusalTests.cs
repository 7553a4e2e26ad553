using System.Net;
using System.Text.Json;
using Shouldly;
using Stagedoor.Sources;
using Stagedoor.Testing.Portals;
using Xunit;

namespace Stagedoor.Catalog.Tests.Api;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("GET", "/api/catalog/entities")]
    [InlineData("GET", "/api/catalog/entities/by-name/component/default/a")]
    [InlineData("POST", "/api/catalog/locations")]
    public async Task Without_an_identity_an_error_has_the_shape_that_clients_of_Backstage_read(string method, string path)
    {
        await using var portal = await TestPortal.Start(
            new TestPortalOptions { Plugins = [new SourcesPlugin(), new CatalogPlugin()], Environment = "Production", Sample = "none" }, TestContext.Current.CancellationToken);

        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await portal.Http.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var body = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        body.GetProperty("error").GetProperty("name").GetString().ShouldBe("AuthenticationError");
        body.GetProperty("response").GetProperty("statusCode").GetInt32().ShouldBe(401);
    }
}
