using System.Text.Json;

namespace Stagedoor.Plugins.Tests.Schemas;

public sealed class JsonSchemaTests
{
    [Theory]
    [InlineData("""{"maximum": 10}""", "12", " is 12; at most 10 is allowed")]
    [InlineData("""{"exclusiveMinimum": 0}""", "0", " is 0; more than 0 is needed")]
    [InlineData("""{"multipleOf": 0.1}""", "0.25", " is 0.25; a multiple of 0.1 is allowed")]
    [InlineData("""{"type": "integer"}""", "1.5", " is 1.5; a whole number is allowed")]
    [InlineData("""{"type": ["string", "null"]}""", "[]", " is a list; text or null is allowed")]
    [InlineData("""{"minLength": 1}""", "\"\"", " is empty; at least 1 character is needed")]
    [InlineData("""{"maxLength": 2}""", "\"🚢🚢🚢\"", " is '🚢🚢🚢', 3 characters; at most 2 characters are allowed")]
    [InlineData("""{"pattern": "^a+$"}""", "\"ab\"", " is 'ab'; it must match ^a+$")]
    [InlineData("""{"enum": ["gold", "silver", 3]}""", "\"glod\"", " is 'glod'; allowed: 'gold', 'silver', 3. Did you mean 'gold'?")]
    [InlineData("""{"const": {"a": 1}}""", "2", " is 2; only {\"a\": 1} is allowed")]
    [InlineData("""{"minItems": 2}""", "[1]", " has 1 item; at least 2 items are needed")]
    [InlineData("""{"uniqueItems": true}""", "[1, {\"a\": 2}, {\"a\": 2.0}]", " has {\"a\": 2.0} twice; each item is allowed once")]
    [InlineData("""{"contains": {"type": "string"}}""", "[1]", " has no item of the kind that must be among them")]
    [InlineData("""{"required": ["owner"], "properties": {"owner": {}}}""", "{\"onwer\": 1}", " has no 'owner', which is required. Is 'onwer' meant to be it?")]
    [InlineData("""{"properties": {"owner": {}}, "additionalProperties": false}""", "{\"ownr\": 1}", " has 'ownr', which is not known here. Did you mean 'owner'?")]
    [InlineData("""{"properties": {"owner": {}}, "additionalProperties": false}""", "{\"colour\": 1}", " has 'colour', which is not known here. Allowed: owner.")]
    [InlineData("""{"dependencies": {"a": ["b"]}}""", "{\"a\": 1}", " has 'a', which needs 'b' beside it")]
    [InlineData("""{"propertyNames": {"maxLength": 3}}""", "{\"abcd\": 1}", " has 'abcd', which is not a name that is allowed here")]
    [InlineData("""{"items": {"properties": {"a/b": {"type": "null"}}}}""", "[{}, {\"a/b\": 1}]", "/1/a~1b is 1; null is allowed")]
    [InlineData("""{"oneOf": [{"type": "number"}, {"minimum": 2}]}""", "3", " fits two of the 2 forms of which exactly one is allowed: number 1 and number 2")]
    [InlineData("""{"not": {"type": "null"}}""", "null", " is null, which is of a form that is not allowed")]
    [InlineData("""{"properties": {"old": false}}""", "{\"old\": 1}", "/old must not be there")]
    public void What_is_wrong_is_told_as_a_person_would(string schema, string value, string told) =>
        Problems(schema, value).ShouldBe([told]);

    [Fact]
    public void Of_several_forms_the_closest_explains_what_is_wrong() =>
        Problems("""{"anyOf": [{"type": "string"}, {"type": "object", "properties": {"a": {"properties": {"b": {"maximum": 1}}}}}]}""", """{"a": {"b": 2}}""")
            .ShouldBe([""" is {"a": {"b": 2}}, which is none of the 2 forms that are allowed; closest is one where it (/a/b) is 2; at most 1 is allowed"""]);

    [Fact]
    public void All_mistakes_are_told_at_once() =>
        Problems("""{"properties": {"a": {"type": "string"}, "b": {"minimum": 3}}, "required": ["c"]}""", """{"a": 1, "b": 2}""").Count.ShouldBe(3);

    [Fact]
    public void A_schema_may_refer_to_itself() =>
        Problems("""{"properties": {"children": {"items": {"$ref": "#"}}, "name": {"type": "string"}}}""", """{"children": [{"children": [{"name": 3}]}]}""")
            .ShouldBe(["/children/0/children/0/name is 3; text is allowed"]);

    [Fact]
    public void A_schema_that_only_refers_to_itself_ends() =>
        Problems("""{"definitions": {"a": {"$ref": "#/definitions/b"}, "b": {"$ref": "#/definitions/a"}}, "$ref": "#/definitions/a"}""", "1")
            .ShouldBe([" is nested more than 300 levels deep, as is what the schema says of it"]);

    [Fact]
    public void A_schema_elsewhere_is_had_only_from_who_gives_it()
    {
        const string Referring = """{"$ref": "https://schemas.example/colour.json"}""";
        var options = new JsonSchemaOptions { Resolve = address => address.AbsolutePath == "/colour.json" ? JsonElement.Parse("""{"enum": ["red"]}""") : null };

        JsonSchema.Parse(Referring, options).Accepts(JsonElement.Parse("\"blue\"")).ShouldBeFalse();
        Should.Throw<JsonSchemaException>(() => JsonSchema.Parse(Referring)).Message.ShouldBe("The schema refers to 'https://schemas.example/colour.json', which is not there.");
    }

    [Theory]
    [InlineData("{", "The schema is not JSON: ")]
    [InlineData("3", "The schema is 3; an object or true or false is allowed")]
    [InlineData("""{"properties": {"a": {"type": "strng"}}}""", "/properties/a/type is 'strng'; allowed: ")]
    [InlineData("""{"pattern": "(a"}""", "The schema has a pattern that is not a regular expression: '(a'.")]
    [InlineData("""{"items": {"$ref": "#/definitions/gone"}}""", "/items refers to '#/definitions/gone', which is not there.")]
    [InlineData("""{"maxLength": -1}""", "/maxLength is -1; at least 0 is needed")]
    public void What_is_no_schema_is_refused_with_its_place(string schema, string message) =>
        Should.Throw<JsonSchemaException>(() => JsonSchema.Parse(schema)).Message.ShouldStartWith(message);

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^(a|a)*$")]
    [InlineData("^(?=a)(a+)+$")]
    public void A_pattern_cannot_hold_up_the_portal(string pattern)
    {
        var schema = JsonSchema.Parse(JsonSerializer.Serialize(new { pattern }));

        schema.Accepts(JsonSerializer.SerializeToElement(new string('a', 40) + "!")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(@"^\d$", "٣", false)]
    [InlineData(@"^\w$", "é", false)]
    [InlineData(@"^[\d-]+$", "1-2", true)]
    [InlineData(@"^a$", "a\n", false)]
    [InlineData(@"^.$", "\u2028", false)]
    [InlineData(@"^[^]$", "\n", true)]
    [InlineData(@"^[[]$", "[", true)]
    [InlineData(@"^\u{1F6A2}+$", "🚢🚢", true)]
    [InlineData(@"^\p{Letter}+$", "äß", true)]
    public void Patterns_are_those_of_JavaScript(string pattern, string text, bool matches) =>
        JsonSchema.Parse(JsonSerializer.Serialize(new { pattern })).Accepts(JsonSerializer.SerializeToElement(text)).ShouldBe(matches);

    [Fact]
    public void A_format_is_a_remark_unless_formats_are_checked()
    {
        const string Dated = """{"format": "date"}""";
        var value = JsonElement.Parse("\"2023-02-29\"");

        JsonSchema.Parse(Dated).Accepts(value).ShouldBeTrue();
        JsonSchema.Parse(Dated, new JsonSchemaOptions { Formats = true }).Validate(value).ShouldHaveSingleItem().Message
            .ShouldBe("is '2023-02-29'; a date such as 2024-02-29 is allowed");
    }

    [Fact]
    public void Many_items_are_told_apart_without_comparing_each_with_each()
    {
        var value = JsonSerializer.SerializeToElement(Enumerable.Range(0, 200_000));

        JsonSchema.Parse("""{"uniqueItems": true}""").Accepts(value).ShouldBeTrue();
    }

    private static IReadOnlyList<string> Problems(string schema, string value)
    {
        var parsed = JsonSchema.Parse(schema);
        var problems = parsed.Validate(JsonElement.Parse(value));
        parsed.Accepts(JsonElement.Parse(value)).ShouldBe(problems.Count == 0);
        return [.. problems.Select(problem => $"{problem.Path} {problem.Message}")];
    }
}
