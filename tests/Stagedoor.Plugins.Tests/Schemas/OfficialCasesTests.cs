using System.Text.Json;

namespace Stagedoor.Plugins.Tests.Schemas;

/// <summary>The official cases of draft 7. They are not ours to keep: ./test fetches them, and tells where they lie by a variable.</summary>
public sealed class OfficialCasesTests
{
    private const string Variable = "STAGEDOOR_TEST_JSON_SCHEMA";

    /// <summary>Left out: formats are remarks by default, and these ask for all of them; numbers beyond what a double holds.</summary>
    private static readonly string[] LeftOut = ["optional/format", "optional/bignum", "optional/float-overflow", "optional/content", "optional/cross-draft", "optional/ecmascript-regex", "optional/non-bmp-regex"];

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
            if (Array.Exists(LeftOut, left => name.StartsWith(left, StringComparison.Ordinal)))
            {
                continue;
            }

            foreach (var group in JsonElement.Parse(File.ReadAllText(file)).EnumerateArray())
            {
                foreach (var test in group.GetProperty("tests").EnumerateArray())
                {
                    judged++;
                    var expected = test.GetProperty("valid").GetBoolean();
                    if (Judge(group.GetProperty("schema"), test.GetProperty("data"), suite) is var found && found != (expected ? "right" : "wrong"))
                    {
                        wrong.Add($"{name}: {group.GetProperty("description")}: {test.GetProperty("description")}: {found}");
                    }
                }
            }
        }

        wrong.ShouldBeEmpty();
        judged.ShouldBeGreaterThan(400);
    }

    private static string Judge(JsonElement schema, JsonElement data, string suite)
    {
        try
        {
            var parsed = JsonSchema.Parse(schema, new JsonSchemaOptions { Resolve = address => Remote(suite, address) });
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
