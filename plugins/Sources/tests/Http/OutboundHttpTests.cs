using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Http;
using Stagedoor.Sources.Hosts;
using Stagedoor.Sources.Http;
using Stagedoor.Sources.Tests.Serving;

namespace Stagedoor.Sources.Tests.Http;

public sealed class OutboundHttpTests
{
    private static readonly OutboundRequest Plain = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_allowed_host_is_read_with_its_version()
    {
        await using var server = await LoopbackServer.Start(context =>
        {
            context.Response.Headers.ETag = "\"one\"";
            return context.Response.WriteAsync("hello");
        });
        using var outside = Outside.Allowing(server.Address);

        var response = await outside.Http.Get(server.At("/a"), Plain, Cancelled);

        response.Status.ShouldBe(200);
        response.Etag.ShouldBe("\"one\"");
        System.Text.Encoding.UTF8.GetString(response.Body.Span).ShouldBe("hello");
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        await using var server = await LoopbackServer.Start(context =>
        {
            context.Response.StatusCode = context.Request.Headers.IfNoneMatch == "\"one\"" ? 304 : 200;
            return Task.CompletedTask;
        });
        using var outside = Outside.Allowing(server.Address);

        var response = await outside.Http.Get(server.At("/a"), Plain with { IfNoneMatch = "\"one\"" }, Cancelled);

        response.Status.ShouldBe(304);
    }

    [Theory]
    [InlineData("ftp://example.com/a", "begins with https://")]
    [InlineData("file:///etc/passwd", "begins with https://")]
    [InlineData("https://me:secret@example.com/a", "carries credentials")]
    [InlineData("https://elsewhere.example.com/a", "not a host that may be read")]
    [InlineData("https://example.com:8443/a", "not a host that may be read")]
    [InlineData("https://example.com.evil.org/a", "not a host that may be read")]
    [InlineData("http://169.254.169.254/latest/meta-data", "not an address of the public internet")]
    [InlineData("http://[::ffff:127.0.0.1]/", "not an address of the public internet")]
    public void What_is_not_allowed_says_why(string address, string why)
    {
        using var outside = new Outside(new SourcesOptions { AllowedHosts = ["example.com", "169.254.169.254", "[::ffff:127.0.0.1]"] });

        var reason = outside.Http.WhyNot(new Uri(address)).ShouldNotBeNull();

        reason.ShouldContain(why);
        reason.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("https://example.com/")]
    [InlineData("https://EXAMPLE.com./")]
    [InlineData("https://a.b.corp.example/")]
    [InlineData("https://git.corp.example:8443/")]
    public void Hosts_are_allowed_by_name_by_what_is_below_and_by_port(string address)
    {
        using var outside = new Outside(new SourcesOptions { AllowedHosts = ["example.com", "*.corp.example", "git.corp.example:8443"] });

        outside.Http.WhyNot(new Uri(address)).ShouldBeNull();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("100.100.100.200")]
    [InlineData("224.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2002:7f00:1::")]
    public async Task A_name_that_leads_inside_is_not_connected_to(string inside)
    {
        using var outside = new Outside(new SourcesOptions { AllowedHosts = ["rebound.example"] });
        outside.Names["rebound.example"] = () => IPAddress.Parse(inside);

        var failure = await Should.ThrowAsync<OutboundException>(() => outside.Http.Get(new Uri("http://rebound.example/"), Plain, Cancelled));

        failure.Message.ShouldContain("not an address of the public internet");
        failure.IsPassing.ShouldBeFalse();
    }

    [Fact]
    public async Task A_name_is_resolved_once_for_a_connection_so_that_a_second_answer_gains_nothing()
    {
        await using var server = await LoopbackServer.Start(context => context.Response.WriteAsync("inside"));
        var asked = 0;
        using var outside = new Outside(new SourcesOptions { AllowedHosts = [$"rebound.example:{server.Address.Port}"], AllowPrivateAddresses = ["127.0.0.1"] });
        outside.Names["rebound.example"] = () => ++asked == 1 ? IPAddress.Loopback : IPAddress.Parse("169.254.169.254");

        var response = await outside.Http.Get(new Uri($"http://rebound.example:{server.Address.Port}/"), Plain, Cancelled);

        response.Status.ShouldBe(200);
        asked.ShouldBe(1);
    }

    [Fact]
    public async Task The_name_of_a_host_allows_a_private_network_but_not_the_metadata_of_a_cloud()
    {
        using var outside = new Outside(new SourcesOptions { AllowedHosts = ["git.corp"], AllowPrivateAddresses = ["git.corp"] });
        outside.Names["git.corp"] = () => IPAddress.Parse("169.254.169.254");

        var failure = await Should.ThrowAsync<OutboundException>(() => outside.Http.Get(new Uri("http://git.corp/"), Plain, Cancelled));

        failure.Message.ShouldContain("169.254.169.254");
    }

    [Fact]
    public async Task A_redirect_to_a_host_that_is_not_allowed_is_refused()
    {
        await using var inside = await LoopbackServer.Start(context => context.Response.WriteAsync("secret"));
        await using var server = await LoopbackServer.Start(context =>
        {
            context.Response.Redirect(inside.At("/").AbsoluteUri);
            return Task.CompletedTask;
        });
        using var outside = Outside.Allowing(server.Address);

        var failure = await Should.ThrowAsync<OutboundException>(() => outside.Http.Get(server.At("/a"), Plain, Cancelled));

        failure.Message.ShouldContain("leads to");
        inside.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Redirects_end_somewhere()
    {
        await using var server = await LoopbackServer.Start(context =>
        {
            context.Response.Redirect("/again");
            return Task.CompletedTask;
        });
        using var outside = Outside.Allowing(server.Address);

        var failure = await Should.ThrowAsync<OutboundException>(() => outside.Http.Get(server.At("/a"), Plain, Cancelled));

        failure.Message.ShouldContain("more than 5 times");
        server.Requests.Count.ShouldBe(6);
    }

    [Fact]
    public async Task Credentials_are_shown_to_their_host_and_to_nobody_it_leads_to()
    {
        await using var other = await LoopbackServer.Start(context => context.Response.WriteAsync("there"));
        await using var server = await LoopbackServer.Start(context =>
        {
            context.Response.Redirect(context.Request.Path == "/a" ? "/b" : other.At("/c").AbsoluteUri);
            return Task.CompletedTask;
        });
        using var outside = new Outside(new SourcesOptions
        {
            Hosts = [new SourceHost { Host = server.Address.Authority, Token = "one", AllowHttp = true }, new SourceHost { Host = other.Address.Authority, Token = "two", AllowHttp = true }],
            AllowPrivateAddresses = ["127.0.0.0/8"],
        });

        await outside.Http.Get(server.At("/a"), Plain, Cancelled);

        server.Requests.Select(request => request.Authorization).ShouldBe(["Bearer one", "Bearer one"]);
        other.Requests.Single().Authorization.ShouldBeNull();
    }

    [Fact]
    public async Task Credentials_are_not_sent_unencrypted()
    {
        await using var server = await LoopbackServer.Start(context =>
        {
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        });
        using var outside = new Outside(new SourcesOptions { Hosts = [new SourceHost { Host = server.Address.Authority, Token = "one" }], AllowPrivateAddresses = ["127.0.0.0/8"] });

        var failure = await Should.ThrowAsync<OutboundException>(() => outside.Http.Get(server.At("/a"), Plain, Cancelled));

        server.Requests.Single().Authorization.ShouldBeNull();
        failure.Message.ShouldContain("allowHttp");
    }

    [Fact]
    public async Task What_a_host_runs_is_told_by_its_name_when_nothing_is_configured()
    {
        var rules = new HostRules(new SourcesOptions { Hosts = [new SourceHost { Host = "dev.azure.com", Token = "one" }] });
        using var recorder = new Recorder();
        using var client = new HttpClient(new OutboundHandler(rules, TimeSpan.FromSeconds(5), TimeProvider.System, recorder));

        using var response = await client.GetAsync(new Uri("https://dev.azure.com/a"), Cancelled);

        recorder.Authorization.ShouldBe("Basic Om9uZQ==");
    }

    [Fact]
    public async Task What_grows_too_large_while_it_is_unpacked_is_refused()
    {
        await using var server = await LoopbackServer.Start(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var packed = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 32; i++)
            {
                await packed.WriteAsync(zeros);
            }
        });
        using var outside = Outside.Allowing(server.Address);

        var failure = await Should.ThrowAsync<OutboundException>(() => outside.Http.Get(server.At("/bomb"), Plain with { MostBytes = 1024 * 1024 }, Cancelled));

        failure.Message.ShouldContain("larger than 1 MB");
    }

    [Fact]
    public async Task A_failure_that_passes_is_tried_again()
    {
        var count = 0;
        await using var server = await LoopbackServer.Start(context =>
        {
            context.Response.StatusCode = ++count < 3 ? 503 : 200;
            return Task.CompletedTask;
        });
        using var outside = Outside.Allowing(server.Address);

        var response = await outside.Http.Get(server.At("/a"), Plain, Cancelled);

        response.Status.ShouldBe(200);
        count.ShouldBe(3);
    }

    [Fact]
    public async Task A_host_that_asks_to_wait_is_not_asked_meanwhile()
    {
        await using var server = await LoopbackServer.Start(context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "600";
            return Task.CompletedTask;
        });
        using var outside = Outside.Allowing(server.Address);

        await Should.ThrowAsync<OutboundException>(() => outside.Http.Get(server.At("/a"), Plain, Cancelled));
        var failure = await Should.ThrowAsync<OutboundException>(() => outside.Http.Get(server.At("/b"), Plain, Cancelled));

        failure.Message.ShouldContain("asked to wait");
        failure.IsPassing.ShouldBeTrue();
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_host_that_keeps_failing_is_left_alone_and_others_are_not()
    {
        await using var broken = await LoopbackServer.Start(context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await using var well = await LoopbackServer.Start(context => context.Response.WriteAsync("well"));
        using var outside = Outside.Allowing(broken.Address, well.Address);
        for (var i = 0; i < 2; i++)
        {
            await Should.ThrowAsync<OutboundException>(() => outside.Http.Get(broken.At("/a"), Plain, Cancelled));
        }

        var asked = broken.Requests.Count;
        var failure = await Should.ThrowAsync<OutboundException>(() => outside.Http.Get(broken.At("/a"), Plain, Cancelled));

        failure.Message.ShouldContain("left alone");
        broken.Requests.Count.ShouldBe(asked);
        (await outside.Http.Get(well.At("/"), Plain, Cancelled)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Nobody_there_is_a_failure_that_passes_and_404_is_an_answer()
    {
        var server = await LoopbackServer.Start(context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        using var outside = Outside.Allowing(server.Address);

        (await outside.Http.Get(server.At("/a"), Plain, Cancelled)).Status.ShouldBe(404);
        await server.DisposeAsync();
        var failure = await Should.ThrowAsync<OutboundException>(() => outside.Http.Get(server.At("/a"), Plain, Cancelled));

        failure.IsPassing.ShouldBeTrue();
        failure.IsMissing.ShouldBeFalse();
        failure.Message.ShouldContain("cannot be reached");
    }

    [Fact]
    public async Task A_host_that_never_comes_to_an_end_is_given_up()
    {
        await using var server = await LoopbackServer.Start(async context =>
        {
            await context.Response.WriteAsync("and ");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        using var outside = new Outside(new SourcesOptions
        {
            AllowedHosts = [server.Address.Authority], AllowPrivateAddresses = ["127.0.0.1"], Timeout = TimeSpan.FromSeconds(1),
        });

        var failure = await Should.ThrowAsync<OutboundException>(() => outside.Http.Get(server.At("/a"), Plain, Cancelled));

        failure.Message.ShouldContain("did not come to its end");
    }

    [Fact]
    public async Task The_client_for_libraries_keeps_the_same_rules()
    {
        await using var server = await LoopbackServer.Start(context => context.Response.WriteAsync("hello"));
        using var outside = Outside.Allowing(server.Address);

        (await outside.Http.Client.GetStringAsync(server.At("/"), Cancelled)).ShouldBe("hello");
        await Should.ThrowAsync<OutboundException>(() => outside.Http.Client.GetStringAsync(new Uri("http://127.0.0.1:1/"), Cancelled));
    }

    private sealed class Recorder : HttpMessageHandler
    {
        public string? Authorization { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Authorization = request.Headers.Authorization?.ToString();
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }
    }
}
