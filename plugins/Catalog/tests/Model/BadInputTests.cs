using System.Text;
using Stagedoor.Catalog.Model;

namespace Stagedoor.Catalog.Tests.Model;

/// <summary>Files that nobody should write, and somebody does: each ends in a sentence, in bounded time, and harms no other entity.</summary>
public sealed class BadInputTests
{
    private const string Good = """
        apiVersion: backstage.io/v1alpha1
        kind: System
        metadata: {name: good}
        spec: {owner: crew}

        """;

    private const string Begin = """
        apiVersion: backstage.io/v1alpha1
        kind: System
        metadata: {name: bad}
        spec:
          owner: crew

        """;

    [Fact]
    public async Task A_bomb_of_aliases_is_refused_and_the_others_go_in()
    {
        var bomb = Begin + "  a: &a [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat("bcdefghi".Select(letter => $"  {letter}: &{letter} [{string.Join(", ", Enumerable.Repeat($"*{(char)(letter - 1)}", 10))}]\n"));

        (await OnlyGoodIn(Good + "---\n" + bomb)).Message.ShouldBe("The aliases of this document stand for more than 50000 values in all. Write less by aliases.");
    }

    [Fact]
    public async Task A_long_text_that_many_aliases_repeat_counts_as_what_it_becomes()
    {
        var bomb = Begin + $"  a: &a {new string('x', 1_000_000)}\n  b: [{string.Join(", ", Enumerable.Repeat("*a", 1000))}]\n";

        (await OnlyGoodIn(Good + "---\n" + bomb)).Message.ShouldStartWith("The aliases of this document stand for more than");
    }

    [Fact]
    public async Task An_alias_that_contains_itself_is_refused() =>
        (await OnlyGoodIn(Begin + "  a: &a [*a]\n---\n" + Good)).Message.ShouldBe("The alias '*a' stands inside of what it stands for, which has no end.");

    [Fact]
    public async Task An_alias_without_an_anchor_is_refused() =>
        (await OnlyGoodIn(Begin + "  a: *nobody\n---\n" + Good)).Message.ShouldBe("There is no anchor '&nobody' above the alias '*nobody' in this document.");

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("[\n ")]
    public async Task What_is_nested_without_end_is_refused(string opening) =>
        (await OnlyGoodIn(Begin + "  a: " + Many(opening, 1_000_000) + "\n---\n" + Good)).Message.ShouldBe("This is nested more than 64 levels deep.");

    [Fact]
    public async Task What_is_nested_as_deep_as_is_allowed_is_read()
    {
        var entity = await new Reading().Entity(Begin + "  a: " + new string('[', 62) + new string(']', 62) + "\n");

        entity.At("spec.a").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_as_a_whole() =>
        Reading.Line((await Reading.Plain(new string('x', (10 * 1024 * 1024) + 1))).Documents.ShouldHaveSingleItem().Problems.ShouldHaveSingleItem())
            .ShouldBe("0:0 This file has 10 MB; at most 10 MB are allowed. Split it.");

    [Fact]
    public async Task A_file_of_ten_megabytes_is_read()
    {
        var text = Begin + "  a: |\n" + Many("    a line of text that says nothing much\n", 10_000_000);

        (await Reading.Plain(text)).Documents.ShouldHaveSingleItem().Entity.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_document_with_too_many_values_is_refused() =>
        (await OnlyGoodIn(Begin + "  a:\n" + Many("    - a\n", 4_200_000) + "---\n" + Good)).Message.ShouldBe("This document has more than 500000 values. Split it.");

    [Fact]
    public async Task A_file_with_too_many_documents_is_read_up_to_a_limit()
    {
        var reading = await Reading.Plain(Many("---\n", 100_000));

        reading.Documents.ShouldHaveSingleItem().Problems.ShouldHaveSingleItem().Message.ShouldBe("This file has more than 20000 documents; the rest is left out. Split it.");
    }

    [Fact]
    public async Task A_key_that_stands_twice_is_told_with_both_lines() =>
        (await new Reading().Complaints(Begin + "  domain: sea\n  owner: others\n")).ShouldBe(["1:7 owner stands here a second time; the first is in line 5. Remove one"]);

    [Fact]
    public async Task Keys_that_differ_only_by_case_are_told_with_both_lines() =>
        (await new Reading().Complaints(Begin + "  Owner: others\n")).ShouldBe(
            ["1:6 Owner differs from 'owner' (line 5) only by upper and lower case, which the catalog does not tell apart. Remove one"]);

    [Fact]
    public async Task Keys_are_told_apart_among_thousands()
    {
        var keys = string.Concat(Enumerable.Range(0, 5000).Select(number => $"  key{number}: x\n"));

        (await new Reading().Complaints(Begin + keys + "  key77: y\n")).ShouldBe(["1:5006 key77 stands here a second time; the first is in line 83. Remove one"]);
    }

    [Fact]
    public async Task A_tab_is_told_where_it_stands() =>
        (await OnlyGoodIn(Begin + "\tdomain: sea\n---\n" + Good)).ShouldSatisfyAllConditions(
            problem => problem.Line.ShouldBe(6), problem => problem.Message.ShouldBe("This line is indented by a tab; YAML wants spaces."));

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task A_byte_order_mark_tells_the_encoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Good.Replace("good}", "good, title: Fähre 🚢}"))];

        (await new Reading().Of(bytes)).Documents.ShouldHaveSingleItem().Entity.ShouldNotBeNull().Body.Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task UTF16_is_known_without_a_mark() =>
        (await new Reading().Of(Encoding.Unicode.GetBytes(Good))).Documents.ShouldHaveSingleItem().Problems.ShouldBeEmpty();

    [Fact]
    public async Task Another_encoding_is_told_with_the_place_of_its_first_byte()
    {
        var reading = await new Reading().Of(Encoding.Latin1.GetBytes(Good + "---\n" + Begin + "  domain: Küste\n"));

        Reading.Line(reading.Documents.ShouldHaveSingleItem().Problems.ShouldHaveSingleItem()).ShouldBe("0:11 The byte 0xFC in column 12 is not UTF-8. Save the file as UTF-8.");
    }

    [Fact]
    public async Task A_file_that_is_no_text_is_refused() =>
        Reading.Line((await new Reading().Of([1, 2, 3, 4, 0, 0, 0, 0])).Documents.ShouldHaveSingleItem().Problems.ShouldHaveSingleItem())
            .ShouldBe("0:1 Here stands a NUL character, so this is not a text file.");

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Line_ends_of_other_systems_are_line_ends(string end) =>
        (await new Reading().Complaints((Begin + "  domain: 3\n").ReplaceLineEndings(end))).ShouldBe(["1:6 spec.domain is 3; text is allowed. Write it in quotes"]);

    [Fact]
    public async Task Characters_that_once_broke_lines_are_letters() =>
        (await new Reading().Entity(Begin + "  domain: a\u2028b\u0085c\n")).Text("spec.domain").ShouldBe("a\u2028b\u0085c");

    [Theory]
    [InlineData("\"\\0\"", "Here stands a NUL character, which no entity may hold.")]
    [InlineData("\"\\ud800\"", "This is not YAML: while scanning a quoted scalar, found invalid Unicode surrogates.")]
    [InlineData("[}", "This is not YAML: while parsing a node, did not find expected node content.")]
    [InlineData("'", "This is not YAML: while scanning a quoted scalar, found unexpected end of stream.")]
    [InlineData("? [a]", "A key must be a text, and this one is a list or an object.")]
    public async Task A_broken_document_does_not_take_the_others_with_it(string value, string message) =>
        (await OnlyGoodIn(Begin + $"  a:\n    {value}\n---\n{Good}")).Message.ShouldBe(message);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n---\n...\n")]
    [InlineData("~")]
    public async Task Nothing_is_nothing(string text) => (await Reading.Plain(text)).Documents.ShouldBeEmpty();

    [Fact]
    public async Task Names_that_differ_only_by_case_are_one_entity_and_the_first_counts()
    {
        var reading = await Reading.Plain(Good + "---\n" + Good.Replace("good", "Good"));

        reading.Documents.Count(document => document.Entity is not null).ShouldBe(1);
        Reading.Line(reading.Documents[1].Problems.ShouldHaveSingleItem()).ShouldBe(
            "2:6 metadata.name makes this system:default/good, as document 1 in line 1 does; names that differ only by case are the same. The first one counts");
    }

    [Fact]
    public async Task Json_in_a_file_named_otherwise_is_read() =>
        (await new Reading().Entity("""{"apiVersion": "backstage.io/v1alpha1", "kind": "System", "metadata": {"name": "x"}, "spec": {"owner": "crew", "big": 12345678901234567890}}""")).Name.ShouldBe("x");

    [Fact]
    public async Task Broken_json_is_told_with_its_line() =>
        (await new Reading().Complaints("{\n  \"kind\": \"System\",\n  \"a\": [1, 2\n}\n")).ShouldHaveSingleItem().ShouldStartWith("1:4 This is not JSON: ");

    [Fact]
    public async Task The_same_file_is_always_read_the_same()
    {
        var text = Good + "---\n" + Begin + "  domain: 3\n---\n[";
        var (first, second) = (await Reading.Plain(text), await Reading.Plain(text));

        second.Documents.Select(document => document.Hash).ShouldBe(first.Documents.Select(document => document.Hash));
    }

    private static string Many(string text, int letters) => new StringBuilder().Insert(0, text, letters / text.Length).ToString();

    /// <summary>Reads a file in which one entity is right and one is not; gives what is said of that.</summary>
    private static async Task<EntityProblem> OnlyGoodIn(string text)
    {
        var reading = await Reading.Plain(text);
        reading.Documents.Select(document => document.Entity).Where(entity => entity is not null).ShouldHaveSingleItem()!.Ref.Name.ShouldBe("good");
        return reading.Documents.SelectMany(document => document.Problems).ShouldHaveSingleItem();
    }
}
