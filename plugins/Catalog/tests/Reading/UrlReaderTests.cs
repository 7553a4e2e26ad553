using Microsoft.AspNetCore.Http;
using Stagedoor.Catalog.Reading;
using Stagedoor.Sources;
using Stagedoor.Sources.Tests.Serving;

namespace Stagedoor.Catalog.Tests.Reading;

public sealed class UrlReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_address_is_read_and_not_again_while_its_version_stays()
    {
        var version = "\"one\"";
        await using var server = await LoopbackServer.Start(context =>
        {
            context.Response.Headers.ETag = version;
            context.Response.StatusCode = context.Request.Headers.IfNoneMatch == version ? 304 : 200;
            return context.Response.StatusCode == 304 ? Task.CompletedTask : context.Response.WriteAsync($"kind: {version}");
        });
        using var readers = For(server);
        var target = server.At("/some/catalog-info.yaml").AbsoluteUri;

        var first = await readers.Url.Read(readers.Url.Request(target), Cancelled);
        var file = (await first.Files.ToListAsync(Cancelled)).Single();
        var again = await readers.Url.Read(readers.Url.Request(target, first.Version), Cancelled);
        version = "\"two\"";
        var changed = await readers.Url.Read(readers.Url.Request(target, first.Version), Cancelled);

        (file.Path, file.Target, file.Text()).ShouldBe(("catalog-info.yaml", $"url:{target}", "kind: \"one\""));
        again.Unchanged.ShouldBeTrue();
        changed.Unchanged.ShouldBeFalse();
        (await changed.Files.ToListAsync(Cancelled)).Single().Text().ShouldBe("kind: \"two\"");
    }

    [Fact]
    public async Task A_server_without_versions_is_compared_by_content()
    {
        await using var server = await LoopbackServer.Start(context => context.Response.WriteAsync("kind: A"));
        using var readers = For(server);
        var known = (await readers.Url.Files(server.At("/a.yaml").AbsoluteUri)).ToDictionary(file => file.Path, file => file.Hash);

        var again = (await readers.Url.Files(server.At("/a.yaml").AbsoluteUri, known)).Single();

        again.Content.ShouldBeNull();
        again.Hash.ShouldBe(known["a.yaml"]);
    }

    [Fact]
    public async Task What_answers_404_is_gone_and_what_fails_or_does_not_answer_is_out_of_reach()
    {
        var status = 404;
        var server = await LoopbackServer.Start(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        using var readers = For(server);
        var target = server.At("/a.yaml").AbsoluteUri;

        var gone = await Should.ThrowAsync<PlaceException>(() => readers.Url.Files(target));
        status = 403;
        var forbidden = await Should.ThrowAsync<PlaceException>(() => readers.Url.Files(target));
        status = 500;
        var failing = await Should.ThrowAsync<PlaceException>(() => readers.Url.Files(target));
        await server.DisposeAsync();
        var silent = await Should.ThrowAsync<PlaceException>(() => readers.Url.Files(target));

        gone.IsGone.ShouldBeTrue();
        new[] { forbidden, failing, silent }.ShouldAllBe(failure => !failure.IsGone);
    }

    [Fact]
    public async Task A_server_that_suddenly_answers_nothing_gives_an_empty_file()
    {
        await using var server = await LoopbackServer.Start(_ => Task.CompletedTask);
        using var readers = For(server);

        (await readers.Url.Files(server.At("/a.yaml").AbsoluteUri)).Single().Text().ShouldBe("");
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://169.254.169.254/")]
    [InlineData("https://example.org/catalog-info.yaml")]
    [InlineData("https://example.com/**/catalog-info.yaml")]
    public void What_cannot_be_right_is_told_before_reading(string target)
    {
        using var readers = new Readers(options: new SourcesOptions { AllowedHosts = ["example.com"] });

        readers.Url.WhyNot(new Place("url", target)).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_file_names_others_on_its_host_only()
    {
        await using var other = await LoopbackServer.Start(context => context.Response.WriteAsync("other"));
        await using var server = await LoopbackServer.Start(context => context.Response.WriteAsync(context.Request.Path));
        using var readers = For(server, other);
        var from = $"url:{server.At("/a/one.yaml").AbsoluteUri}";

        var beside = await readers.Url.ReadBeside(from, "../b/text.md", Cancelled);

        System.Text.Encoding.UTF8.GetString(beside.Span).ShouldBe("/b/text.md");
        await Should.ThrowAsync<PlaceException>(() => readers.Url.ReadBeside(from, other.At("/x").AbsoluteUri, Cancelled));
        other.Requests.ShouldBeEmpty();
        readers.Url.Resolve(from, "./two.yaml").ToString().ShouldBe($"url:{server.At("/a/two.yaml").AbsoluteUri}");
    }

    [Fact]
    public async Task What_lies_outside_of_a_files_folder_is_asked_for_without_credentials()
    {
        await using var server = await LoopbackServer.Start(context => context.Response.WriteAsync("text"));
        using var readers = new Readers(options: new SourcesOptions
        {
            Hosts = [new SourceHost { Host = server.Address.Authority, Token = "s3cret", AllowHttp = true }], AllowPrivateAddresses = ["127.0.0.1"],
        });
        var from = $"url:{server.At("/a/one.yaml").AbsoluteUri}";

        foreach (var named in new[] { "./below/text.md", "../b/text.md", server.At("/b/text.md").AbsoluteUri, server.At("/a/..%2Fb").AbsoluteUri, "./text.md?of=b" })
        {
            await readers.Url.ReadBeside(from, named, Cancelled);
        }

        server.Requests.Select(request => request.Authorization).ShouldBe(["Bearer s3cret", null, null, null, null]);
    }

    [Fact]
    public async Task A_file_of_this_machine_may_name_an_address()
    {
        await using var server = await LoopbackServer.Start(context => context.Response.WriteAsync("text"));
        using var readers = For(server);

        var beside = await readers.File.ReadBeside($"file:{_folder.At("a.yaml")}", server.At("/text.md").AbsoluteUri, Cancelled);

        System.Text.Encoding.UTF8.GetString(beside.Span).ShouldBe("text");
    }

    [Fact]
    public async Task A_file_at_a_code_host_is_read_by_git_with_all_that_a_pattern_names()
    {
        var source = new SampleRepository(_folder.At("owner/name.git"));
        source.Write("docs/text.md", "text");
        source.Write("b/catalog-info.yaml", "kind: B");
        var sha = source.Commit("catalog-info.yaml", "kind: A");
        await using var server = await LoopbackServer.Start(new GitServer(_folder.Path).Answer);
        using var readers = AsCodeHost(server);
        var one = server.At("/owner/name/blob/main/catalog-info.yaml").AbsoluteUri;

        var file = (await readers.Url.Files(one)).Single();
        var all = await readers.Url.Files(server.At("/owner/name/blob/main/").AbsoluteUri + "**/catalog-info.yaml");
        var beside = await readers.Url.ReadBeside(all[0].Target, "../docs/text.md", Cancelled);

        (file.Text(), file.Commit, file.Author).ShouldBe(("kind: A", sha, "Mae Albrecht"));
        file.Target.ShouldBe($"url:{server.At("/owner/name/tree/main/catalog-info.yaml").AbsoluteUri}");
        all.Select(each => each.Path).ShouldBe(["b/catalog-info.yaml", "catalog-info.yaml"]);
        System.Text.Encoding.UTF8.GetString(beside.Span).ShouldBe("text");
        foreach (var outside in new[] { "../../secret", "../../../../../other/name/blob/main/a" })
        {
            (await Should.ThrowAsync<PlaceException>(() => readers.Url.ReadBeside(all[0].Target, outside, Cancelled))).Message.ShouldContain("out of the repository");
        }

        foreach (var (from, named) in new[] { (all[0].Target, "/owner/other/blob/main/a"), (all[0].Target, "/plain.md"), ($"url:{server.At("/plain.yaml").AbsoluteUri}", "/owner/name/blob/main/docs/text.md") })
        {
            (await Should.ThrowAsync<PlaceException>(() => readers.Url.ReadBeside(from, server.At(named).AbsoluteUri, Cancelled))).Message.ShouldContain("its own repository");
        }

        (await Should.ThrowAsync<PlaceException>(() => readers.Url.Files(server.At("/owner/name/blob/main/missing.yaml").AbsoluteUri))).IsGone.ShouldBeTrue();
    }

    private static Readers For(params LoopbackServer[] servers) => new(options: Outside.Allowing([.. servers.Select(server => server.Address)]).Options);

    private static Readers AsCodeHost(LoopbackServer server) => new(options: new SourcesOptions
    {
        Hosts = [new SourceHost { Host = server.Address.Authority, Kind = CodeHostKind.GitHub }], AllowPrivateAddresses = ["127.0.0.1"],
    });
}
