using Stagedoor.Host.Configuration;
using Stagedoor.Host.Configuration.Sections;

namespace Stagedoor.Host.Tests.Configuration;

public sealed class FilesTests
{
    [Fact]
    public void Later_files_win_key_by_key()
    {
        using var written = new Written()
            .File("base.yaml", "portal:\n  name: Base\n  organisation: Polaris\nserver:\n  maxBodySize: 1MB\n")
            .File("prod.yaml", "portal:\n  name: Prod\n");
        var loaded = written.Load("base.yaml", "prod.yaml");

        loaded.Get<PortalOptions>("portal").Name.ShouldBe("Prod");
        loaded.Get<PortalOptions>("portal").Organisation.ShouldBe("Polaris");
        loaded.Get<ServerOptions>("server").MaxBodySize.ShouldBe(new ByteSize(1024 * 1024));
    }

    [Fact]
    public void A_list_in_a_later_file_replaces_the_earlier_one()
    {
        using var written = new Written()
            .File("base.yaml", "server:\n  urls: [http://a:1, http://b:2, http://c:3]\n")
            .File("prod.yaml", "server:\n  urls: [http://d:4]\n");

        written.Load("base.yaml", "prod.yaml").Get<ServerOptions>("server").Urls.ShouldBe([new Uri("http://d:4")]);
    }

    [Fact]
    public void A_key_without_a_value_brings_back_the_default()
    {
        using var written = new Written().File("base.yaml", "portal:\n  name: Base\n").File("prod.yaml", "portal:\n  name:\n");

        written.Load("base.yaml", "prod.yaml").Get<PortalOptions>("portal").Name.ShouldBe("Stagedoor");
    }

    [Fact]
    public void A_mistake_is_told_in_the_file_it_stands_in()
    {
        using var written = new Written().File("base.yaml", "portal:\n  name: Base\n").File("prod.yaml", "# prod\nportal:\n  nam: Prod\n");

        written.Load("base.yaml", "prod.yaml").Check([]).Text().ShouldStartWith("prod.yaml:3:3: error: portal.nam is not a setting.");
    }

    [Fact]
    public void Without_config_the_working_directory_comes_before_the_data_directory()
    {
        using var written = new Written().File("data/stagedoor.yaml", "portal:\n  name: Data\n");
        written.Load().Get<PortalOptions>("portal").Name.ShouldBe("Data");

        written.File("stagedoor.yaml", "portal:\n  name: Here\n");
        written.Load().Get<PortalOptions>("portal").Name.ShouldBe("Here");
    }

    [Fact]
    public void A_directory_is_relative_to_the_file_that_names_it()
    {
        using var written = new Written().File("etc/portal.yaml", "data:\n  directory: ../var\nplugins:\n  folder: extra\n");
        var loaded = written.Load("etc/portal.yaml");

        loaded.DataDirectory.ShouldBe(Path.Combine(written.Folder, "var"));
        loaded.PluginsFolder.ShouldBe(Path.Combine(written.Folder, "etc", "extra"));
    }

    [Fact]
    public void The_command_line_wins_over_files_and_variables()
    {
        using var written = Written.Yaml("data:\n  directory: var\nserver:\n  urls: [http://a:1]\n").Variable("STAGEDOOR_DATA__DIRECTORY", "other");
        var loaded = PortalConfiguration.Load(written.Load().Request with { DataDirectory = "mine", Urls = ["http://localhost:9"] });

        loaded.DataDirectory.ShouldBe(Path.Combine(written.Folder, "mine"));
        loaded.Get<ServerOptions>("server").Urls.ShouldBe([new Uri("http://localhost:9")]);
    }

    [Fact]
    public void A_mistake_on_the_command_line_names_the_option()
    {
        using var written = new Written();

        PortalConfiguration.Load(written.Load().Request with { Urls = ["7007"] }).Check([]).Text()
            .ShouldStartWith("option --urls: error: server.urls[0] must be an address such as https://example.com, not '7007'.");
    }

    [Fact]
    public void Plugins_lie_in_the_data_directory_unless_configured()
    {
        using var written = new Written();

        written.Load().PluginsFolder.ShouldBe(Path.Combine(written.Folder, "data", "plugins"));
    }
}
