using Stagedoor.Host.Configuration;
using Stagedoor.Host.Configuration.Check;

namespace Stagedoor.Host.Tests.Configuration;

using Secrets = Stagedoor.Host.Configuration.Secrets;

public sealed class SecretsTests
{
    [Theory]
    [InlineData("password", true)]
    [InlineData("clientSecret", true)]
    [InlineData("api-key", true)]
    [InlineData("ConnectionString", true)]
    [InlineData("tokens", true)]
    [InlineData("tokenUrl", false)]
    [InlineData("publicKey", false)]
    [InlineData("name", false)]
    public void A_key_tells_by_its_last_word_whether_it_is_secret(string key, bool isSecret) => Stagedoor.Host.Configuration.Secrets.IsSecretKey(key).ShouldBe(isSecret);

    [Theory]
    [InlineData("https://mae:hunter2@example.com/x", "https://mae:***@example.com/x")]
    [InlineData("https://hunter2@example.com/x", "https://***@example.com/x")]
    [InlineData("https://example.com/?access_token=hunter2&x=1", "https://example.com/?access_token=***&x=1")]
    [InlineData("Host=db;Password=\"hun;ter2\";Database=x", "Host=db;Password=***;Database=x")]
    [InlineData("nothing to hide", "nothing to hide")]
    public void A_password_within_a_text_is_hidden(string text, string shown) => Stagedoor.Host.Configuration.Secrets.HideWithin(text).ShouldBe(shown);

    [Theory]
    [InlineData("Host=db;Username=u;Password=hunter2", "host=db;username=u;password=***")]
    [InlineData("hunter2", "***")]
    [InlineData("postgres://u:hunter2@db/x", "***")]
    public void Of_a_connection_string_all_but_the_password_is_told(string secret, string shown) => Stagedoor.Host.Configuration.Secrets.Hide(secret).ShouldBe(shown);

    [Theory]
    [InlineData("releases:\n  apiKey: [hunter2]\n")]
    [InlineData("releases: { apiKey: hunter2, depth: 99 }\n")]
    [InlineData("releases: { apiKey: hunter2, dpth: 1 }\n")]
    [InlineData("releases:\n  apiKye: hunter2\n")]
    [InlineData("pasword: hunter2\n")]
    [InlineData("database:\n  postgres: [\"Host=db\", hunter2]\n")]
    [InlineData("database:\n  pasword: hunter2\n")]
    [InlineData("server:\n  urls:\n    - ftp//mae:hunter2@example.com\n    - tp://mae:hunter2@/\n")]
    [InlineData("telemetry:\n  headers:\n    Authorization: [hunter2]\n")]
    [InlineData("releases:\n  password: 'hunter2\n")]
    public void A_mistake_never_repeats_a_secret(string yaml)
    {
        using var written = Written.Yaml(yaml);
        var text = written.Text(PluginFor.Releases());

        text.ShouldContain("error:");
        text.ShouldNotContain("hunter2");
    }

    [Fact]
    public void The_effective_configuration_has_no_secret_in_it()
    {
        using var written = Written.Yaml(
            """
            database:
              postgres: Host=db;Username=u;Password=hunter2
            telemetry:
              endpoint: https://mae:hunter2@collector.example.com
              headers: { x-honeycomb-team: hunter2 }
            releases:
              apiKey: hunter2
            portal:
              organisation: { $file: name }
            """).File("name", "hunter2");
        var effective = EffectiveConfiguration.Of(written.Load(), [PluginFor.Releases()]);

        effective.Settings.ToJsonString().ShouldNotContain("hunter2");
        effective.Settings["database"]!["postgres"]!.GetValue<string>().ShouldBe("host=db;username=u;password=***");
        effective.Origins["database.postgres"].ToString().ShouldBe("stagedoor.yaml:2");
        effective.Origins["server.maxBodySize"].ToString().ShouldBe("default");
    }
}
