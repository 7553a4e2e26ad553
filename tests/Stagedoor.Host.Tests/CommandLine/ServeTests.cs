using Stagedoor.Host.CommandLine;

namespace Stagedoor.Host.Tests.CommandLine;

public sealed class ServeTests : IDisposable
{
    private readonly Shell _shell;
    private ServeSettings? _served;

    public ServeTests() => _shell = new Shell
    {
        Serve = (settings, _) =>
        {
            _served = settings;
            return Task.FromResult(7);
        },
    };

    [Theory]
    [InlineData("")]
    [InlineData("serve")]
    public async Task Serving_is_what_happens_without_a_command(string line)
    {
        (await _shell.Run(line)).ShouldBe(new Outcome(7, "", ""));

        var served = _served.ShouldNotBeNull();
        served.Environment.ShouldBe("Production");
        served.Sample.ShouldBe(Sample.None);
        served.LoadConfiguration().DataDirectory.ShouldBe("/home/mae/.local/share/stagedoor");
    }

    [Theory]
    [InlineData("--urls http://a:1;http://b:2 --urls http://c:3 --config one.yaml --config two.yaml --data var --sample polaris --environment Staging")]
    [InlineData("serve --urls http://a:1;http://b:2;http://c:3 -c one.yaml -c two.yaml --data=var --sample POLARIS --environment Staging")]
    public async Task Every_option_reaches_the_portal(string line)
    {
        await _shell.Run(line);

        var served = _served.ShouldNotBeNull();
        served.Urls.ShouldBe(["http://a:1", "http://b:2", "http://c:3"]);
        served.ConfigFiles.ShouldBe(["one.yaml", "two.yaml"]);
        served.Sample.ShouldBe(Sample.Polaris);
        served.Environment.ShouldBe("Staging");
        served.LoadConfiguration().DataDirectory.ShouldBe(Path.Combine(_shell.Folder, "var"));
    }

    [Theory]
    [InlineData("", nameof(Sample.Polaris))]
    [InlineData("--sample none", nameof(Sample.None))]
    public async Task In_development_the_sample_is_loaded_unless_told_otherwise(string line, string sample)
    {
        _shell.Variables["ASPNETCORE_ENVIRONMENT"] = "Development";

        await _shell.Run(line);

        _served.ShouldNotBeNull().IsDevelopment.ShouldBeTrue();
        _served!.Sample.ToString().ShouldBe(sample);
    }

    [Fact]
    public async Task A_wrong_sample_is_refused_with_the_nearest_right_one()
    {
        (await _shell.Run("--sample polars")).ShouldBe(new Outcome(
            2, "", "Error: --sample must be one of none, polaris, not 'polars'. Did you mean polaris?\nRun 'stagedoor --help' to see what there is.\n"));

        _served.ShouldBeNull();
    }

    [Fact]
    public async Task A_file_name_after_an_at_sign_is_not_read()
    {
        _shell.File("args", "--sample polaris");

        (await _shell.Run($"@{_shell.Folder}/args")).Code.ShouldBe(2);
    }

    public void Dispose() => _shell.Dispose();
}
