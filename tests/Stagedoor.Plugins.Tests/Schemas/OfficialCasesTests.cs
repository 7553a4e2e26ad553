using System.Text.Json;

namespace Stagedoor.Plugins.Tests.Schemas;

/// <summary>The official cases of draft 7. They are not ours to keep: ./test fetches them, and tells where they lie by a variable.</summary>
public sealed class OfficialCasesTests
{
    private const string Variable = "STAGEDOOR_TEST_JSON_SCHEMA";

    /// <summary>
    /// Left out: content encodings, which are remarks to us; references to schemas of later drafts; a case that asks for the
    /// format regex inside of <c>format</c>; and the formats that we do not know.
    /// </summary>
    private static readonly string[] LeftOut =
    [
        "optional/content:",
        "optional/cross-draft:",
        "optional/ecmascript-regex: ECMA 262 regex non-compliance",
        "optional/format/idn-hostname:",
        "optional/format/iri:",
        "optional/format/iri-reference:",
        "optional/format/relative-json-pointer:",
        "optional/format/uri-template:",
    ];

    [Fact]
    public void Every_official_case_of_draft_7_is_judged_as_it_says()
    {
        var suite = Suite();
        var cases = Path.Combine(suite, "tests", "draft7");
        var wrong = new List<string>();
        var judged = 0;
        foreach (var file in Directory.EnumerateFiles(cases, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.ChangeExtension(Path.GetRelativePath(cases, file), null).Replace('\\', '/');
            var options = new JsonSchemaOptions { Formats = name.StartsWith("optional/format/", StringComparison.Ordinal), Resolve = address => Remote(suite, address) };
            foreach (var group in JsonElement.Parse(File.ReadAllText(file)).EnumerateArray())
            {
                if (Array.Exists(LeftOut, left => $"{name}: {group.GetProperty("description")}".StartsWith(left, StringComparison.Ordinal)))
                {
                    continue;
                }

                foreach (var test in group.GetProperty("tests").EnumerateArray())
                {
                    judged++;
                    var expected = test.GetProperty("valid").GetBoolean();
                    if (Judge(group.GetProperty("schema"), test.GetProperty("data"), options) is var found && found != (expected ? "right" : "wrong"))
                    {
                        wrong.Add($"{name}: {group.GetProperty("description")}: {test.GetProperty("description")}: {found}");
                    }
                }
            }
        }

        wrong.ShouldBeEmpty();
        judged.ShouldBeGreaterThan(400);
    }

    private static string Judge(JsonElement schema, JsonElement data, JsonSchemaOptions options)
    {
        try
        {
            var parsed = JsonSchema.Parse(schema, options);
            var problems = parsed.Validate(data);
            parsed.Accepts(data).ShouldBe(problems.Count == 0);
            return problems.Count == 0 ? "right" : "wrong";
        }
        catch (JsonSchemaException refused)
        {
            return refused.Message;
        }
    }

    /// <summary>The suite's own server, without the server.</summary>
    private static JsonElement? Remote(string suite, Uri address)
    {
        var file = Path.Combine(suite, "remotes", address.AbsolutePath.TrimStart('/'));
        return address is { Host: "localhost", Port: 1234 } && File.Exists(file) ? JsonElement.Parse(File.ReadAllText(file)) : null;
    }

    private static string Suite()
    {
        var suite = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(suite))
        {
            const string Reason = $"{Variable} does not name the folder of the JSON Schema test suite; ./test fetches it";
            if (Environment.GetEnvironmentVariable("CI") == "true")
            {
                Assert.Fail(Reason);
            }

            Assert.Skip(Reason);
        }

        return suite;
    }
}
