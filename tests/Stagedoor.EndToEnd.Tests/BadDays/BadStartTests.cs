using System.Net;
using System.Net.Sockets;
using Stagedoor.EndToEnd.Tests.Portals;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.BadDays;

/// <summary>A start that cannot succeed ends soon, with a code, and with words that help.</summary>
public sealed class BadStartTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_port_in_use_is_named_with_what_to_do()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var said = await FailingStart(new PortalProcessOptions { Port = port });

        said.ShouldContain($"cannot listen on http://127.0.0.1:{port}: the address is in use");
        said.ShouldContain("--urls");
        said.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Broken_YAML_is_named_with_its_file_and_line()
    {
        var said = await FailingStart(new PortalProcessOptions { Configuration = "server:\n  port: [1, 2\nidentity: }\n" });

        said.ShouldContain("test.yaml");
        said.ShouldMatch(@"\b(line )?[23]\b");
    }

    [Fact]
    public async Task An_unknown_key_is_named_with_the_nearest_that_exists()
    {
        var said = await FailingStart(new PortalProcessOptions { Configuration = "databse:\n  postgres: x\n" });

        said.ShouldContain("databse");
        said.ShouldContain("database");
        said.ShouldContain("test.yaml");
    }

    [Fact]
    public async Task A_configuration_file_that_is_not_there_is_named()
    {
        var said = await FailingStart(new PortalProcessOptions { Arguments = ["--config", "/no/such/file.yaml"] });

        said.ShouldContain("/no/such/file.yaml");
    }

    [Fact]
    public async Task Data_that_cannot_be_written_is_named_with_the_reason()
    {
        // A file where the directory should be: not even root can write below it.
        var file = Path.GetTempFileName();
        try
        {
            var said = await FailingStart(new PortalProcessOptions { DataDirectory = Path.Combine(file, "data") });

            said.ShouldContain(file);
            said.ShouldContain("--data");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task An_unknown_option_of_the_command_line_is_refused_with_a_hint()
    {
        var (code, said) = await PortalProcess.Run(["serve", "--sampel", "none"], workingDirectory: null, Cancelled);

        code.ShouldNotBe(0);
        said.ShouldContain("--sampel");
    }

    private static async Task<string> FailingStart(PortalProcessOptions options)
    {
        await using var portal = PortalProcess.Launch(options);

        var code = await portal.UntilExit(Cancelled);

        code.ShouldNotBe(0, portal.Describe("The start failed with the code of a success"));
        portal.Output.ShouldNotContain("   at Stagedoor.", Case.Sensitive, portal.Describe("A stack trace is not what helps"));
        return portal.Output;
    }
}
