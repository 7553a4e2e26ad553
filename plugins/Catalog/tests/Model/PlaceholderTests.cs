namespace Stagedoor.Catalog.Tests.Model;

public sealed class PlaceholderTests
{
    private const string Api = """
        apiVersion: backstage.io/v1alpha1
        kind: API
        metadata: {name: tides}
        spec:
          type: openapi
          lifecycle: production
          owner: crew
          definition: fixed
          extra:
        """;

    [Fact]
    public async Task Text_json_and_yaml_are_put_in_place()
    {
        var reading = new Reading { Beside = { ["a.txt"] = "line\n", ["b.json"] = """{"c": [1]}""", ["d.yaml"] = "e: {f: yes}\n" } };

        (await reading.Entity(Api + "\n    - $text: a.txt\n    - $json: b.json\n    - $yaml: d.yaml\n")).At("spec.extra")?.GetRawText().ShouldBe("""["line\n",{"c":[1]},{"e":{"f":"yes"}}]""");
    }

    [Fact]
    public async Task What_a_file_names_is_told_once_each()
    {
        var reading = await new Reading { Beside = { ["a.txt"] = "x" } }.Of(Api + " [{$text: a.txt}, {$text: a.txt}, {$text: b.txt}]\n");

        reading.Beside.ShouldBe(["a.txt", "b.txt"]);
    }

    [Fact]
    public async Task A_change_of_what_is_named_changes_the_hash()
    {
        var old = await new Reading { Beside = { ["a.txt"] = "old" } }.Of(Api + " {$text: a.txt}\n");
        var young = await new Reading { Beside = { ["a.txt"] = "young" } }.Of(Api + " {$text: a.txt}\n");

        young.Documents[0].Hash.ShouldNotBe(old.Documents[0].Hash);
    }

    [Theory]
    [InlineData("{$text: gone.txt}", "1:9 spec.extra names gone.txt by $text, which cannot be read: There is no file gone.txt beside it.")]
    [InlineData("{$text: [a]}", "1:9 spec.extra has $text with a list; the path of a file beside this one, or an address, is allowed")]
    [InlineData("{$json: bad.json}", "1:9 spec.extra names bad.json by $json, where line 2 is wrong: This is not JSON: ")]
    [InlineData("{$yaml: two.yaml}", "1:9 spec.extra names two.yaml by $yaml, which has 2 documents; exactly one is allowed")]
    [InlineData("{$yaml: twice.yaml}", "1:9 spec.extra names twice.yaml by $yaml, where line 2 is wrong: a stands here a second time; the first is in line 1. Remove one")]
    public async Task A_placeholder_that_cannot_be_filled_is_told(string placeholder, string message) =>
        (await new Reading { Beside = { ["bad.json"] = "{\n  x", ["two.yaml"] = "a: 1\n---\nb: 2\n", ["twice.yaml"] = "a: 1\na: 2\n" } }.Complaints(Api + " " + placeholder + "\n"))
            .ShouldHaveSingleItem().ShouldStartWith(message);

    [Theory]
    [InlineData("""{"$text":"a.txt","other":1}""")]
    [InlineData("""{"$ref":"#/definitions/a"}""")]
    [InlineData("""{"$unknown":"a.txt"}""")]
    public async Task What_only_looks_like_a_placeholder_stays_as_it_is(string value) =>
        (await new Reading().Entity(Api + $" {value.Replace(":", ": ").Replace(",", ", ")}\n")).At("spec.extra")?.GetRawText().ShouldBe(value);

    [Fact]
    public async Task A_document_may_not_have_placeholders_without_end() =>
        (await new Reading { Beside = { ["a.txt"] = "x" } }.Complaints(Api + $" [{string.Join(", ", Enumerable.Repeat("{$text: a.txt}", 101))}]\n"))
            .ShouldBe(["1:9 spec.extra[100] is one placeholder too many; a document may have 100"]);

    [Fact]
    public async Task What_is_put_in_place_may_not_nest_too_deep() =>
        (await new Reading { Beside = { ["deep.json"] = new string('[', 63) + new string(']', 63) } }.Complaints(Api + " {$json: deep.json}\n"))
            .ShouldBe(["1:1 With what its placeholders name this is nested more than 64 levels deep."]);
}
