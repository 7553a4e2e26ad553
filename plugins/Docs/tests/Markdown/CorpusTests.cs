using System.Globalization;
using System.Text;
using Stagedoor.Docs.Markdown;

namespace Stagedoor.Docs.Tests.Markdown;

/// <summary>What MkDocs made of each case is what the engine makes of it, but for the differences that are known and explained.</summary>
public sealed class CorpusTests
{
    private static readonly MarkdownRenderer Renderer = new(Tables.Load());

    public static TheoryData<string> Recorded => [.. Cases.Names.Where(name => !IsSpecified(name))];

    public static TheoryData<string> Specified => [.. Cases.Names.Where(IsSpecified)];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void A_recorded_case_renders_as_MkDocs_renders_it(string name)
    {
        var (expected, actual) = Render(name);

        if (KnownDifferences.Reasons.TryGetValue(name, out var reason))
        {
            actual.ShouldNotBe(expected, $"{name} does not differ any more: take it off the list. It was there because: {reason}");
        }
        else
        {
            actual.ShouldBe(expected);
        }
    }

    [Theory]
    [MemberData(nameof(Specified))]
    public void A_case_that_was_written_by_hand_renders_as_specified(string name)
    {
        var (expected, actual) = Render(name);

        actual.ShouldBe(expected);
    }

    [Fact]
    public void At_least_97_of_100_recorded_cases_agree()
    {
        var byFeature = Cases.Names.Where(name => !IsSpecified(name)).GroupBy(name => name.Split('/')[0]).ToList();
        var share = new StringBuilder("| Feature | Cases | Agree | Share |\n|---|--:|--:|--:|\n");
        var differences = new StringBuilder();
        int cases = 0, agree = 0;
        foreach (var feature in byFeature)
        {
            var same = feature.Count(Agrees);
            Add(feature.Key, feature.Count(), same);
            cases += feature.Count();
            agree += same;
        }

        Add("**all**", cases, agree);
        TestContext.Current.TestOutputHelper?.WriteLine(share.ToString());
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "share.md"), share.ToString());

        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "differences.txt"), differences.ToString());

        cases.ShouldBeGreaterThanOrEqualTo(300);
        agree.ShouldBeGreaterThanOrEqualTo((int)Math.Ceiling(cases * 0.97));
        KnownDifferences.Reasons.Keys.ShouldBeSubsetOf(Cases.Names);

        bool Agrees(string name)
        {
            var (expected, actual) = Render(name);
            if (expected != actual) differences.Append(CultureInfo.InvariantCulture, $"##### {name}\n--- MkDocs\n{expected}+++ engine\n{actual}\n");
            return expected == actual;
        }

        void Add(string feature, int all, int same) =>
            share.Append(CultureInfo.InvariantCulture, $"| {feature} | {all} | {same} | {100.0 * same / all:0.#} % |\n");
    }

    private static bool IsSpecified(string name) => name.StartsWith("specified/", StringComparison.Ordinal);

    private static (string Expected, string Actual) Render(string name)
    {
        var page = Renderer.Render(Cases.Source(name), Cases.Options(name));
        return (Normalizer.Normalize(Cases.Expected(name)), Normalizer.Normalize(page.Uncleaned));
    }
}
