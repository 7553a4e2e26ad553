using System.Text.Json.Nodes;
using Stagedoor.Host.Configuration;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Host.Configuration.Types;

namespace Stagedoor.Host.Tests.Configuration;

public sealed class ConfigurationSchemaTests
{
    private readonly JsonObject _schema = ConfigurationSchema.Build([PluginFor.Releases()]);

    [Fact]
    public void Every_section_of_host_and_plugins_is_in_it() =>
        _schema["properties"]!.AsObject().Select(section => section.Key).ShouldBe([.. HostSections.All().Select(section => section.Name), "releases"]);

    [Fact]
    public void An_unknown_key_is_not_allowed()
    {
        _schema["additionalProperties"]!.GetValue<bool>().ShouldBeFalse();
        _schema["properties"]!["server"]!["additionalProperties"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public void A_property_has_its_description_its_default_and_its_bounds()
    {
        var connections = _schema["properties"]!["database"]!["properties"]!["maxConnections"]!;

        connections["description"]!.GetValue<string>().ShouldBe("The most connections to PostgreSQL that this replica opens.");
        connections["default"]!.GetValue<long>().ShouldBe(50);
        connections["anyOf"]![0]!.ToJsonString().ShouldBe("""{"type":"integer","minimum":2,"maximum":1000}""");
        connections["anyOf"]![1]!["$ref"]!.GetValue<string>().ShouldBe("#/$defs/variable");
    }

    [Fact]
    public void A_choice_lists_its_values() =>
        _schema["properties"]!["logging"]!["properties"]!["format"]!["anyOf"]![0]!["enum"]!.AsArray().Select(value => value!.GetValue<string>()).ShouldBe(["text", "json"]);

    [Fact]
    public void What_must_be_given_is_required() =>
        _schema["properties"]!["portal"]!["properties"]!["links"]!["items"]!["required"]!.AsArray().Select(key => key!.GetValue<string>()).ShouldBe(["title", "url"]);

    [Fact]
    public void A_secret_has_no_default() =>
        _schema["properties"]!["releases"]!["properties"]!["apiKey"]!.AsObject().ContainsKey("default").ShouldBeFalse();

    [Fact]
    public void Every_setting_of_the_host_has_a_description()
    {
        var bare = HostSections.All().SelectMany(section => section.Shapes).SelectMany(Undescribed).ToList();

        bare.ShouldBeEmpty();
    }

    private static IEnumerable<string> Undescribed(Shape shape) => shape switch
    {
        ObjectShape section => section.Properties.SelectMany(property =>
            Undescribed(property.Shape).Concat(property.Description is null ? [$"{shape.Type.Name}.{property.Key}"] : [])),
        ListShape list => Undescribed(list.Item),
        MapShape map => Undescribed(map.Entry),
        _ => [],
    };
}
