using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Stagedoor.UI.Tests;

public sealed partial class AssetTests
{
    [Theory]
    [InlineData("stagedoor.css", 12 * 1024)]
    [InlineData("stagedoor.js", 4608)]
    [InlineData("palette.js", 2 * 1024)]
    [InlineData("pick.js", 2 * 1024)]
    [InlineData("icons.svg", 4 * 1024)]
    public void What_every_visitor_loads_stays_small(string asset, int most)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            brotli.Write(File.ReadAllBytes(Find(asset)));
        }

        packed.Length.ShouldBeLessThanOrEqualTo(most);
    }

    [Fact]
    public void The_stylesheet_closes_what_it_opens_and_every_rule_stands_in_a_layer()
    {
        var depth = 0;
        foreach (var line in File.ReadAllLines(Find("stagedoor.css")))
        {
            if (line.StartsWith("@layer", StringComparison.Ordinal))
            {
                depth.ShouldBe(0, $"A layer that begins inside another: {line}");
            }

            depth += line.Count(letter => letter == '{') - line.Count(letter => letter == '}');
        }

        depth.ShouldBe(0);
    }

    [Fact]
    public void Every_icon_has_one_name_and_one_grid()
    {
        var symbols = XDocument.Load(Find("icons.svg")).Root!.Elements().ToList();

        symbols.Select(symbol => symbol.Attribute("id")!.Value).ShouldBeUnique();
        symbols.Count(symbol => symbol.Attribute("viewBox")!.Value == "0 0 20 20").ShouldBeGreaterThanOrEqualTo(50);
    }

    [Theory]
    [InlineData("ink", "paper", 4.5)]
    [InlineData("ink-2", "paper", 4.5)]
    [InlineData("ink-3", "paper", 4.5)]
    [InlineData("ink-3", "surface", 4.5)]
    [InlineData("ink-3", "sunken", 4.5)]
    [InlineData("accent", "paper", 4.5)]
    [InlineData("accent", "surface", 4.5)]
    [InlineData("accent", "accent-soft", 4.5)]
    [InlineData("accent", "warn-soft", 4.5)]
    [InlineData("accent", "bad-soft", 4.5)]
    [InlineData("on-accent", "accent", 4.5)]
    [InlineData("on-accent", "accent-strong", 4.5)]
    [InlineData("ok", "ok-soft", 4.5)]
    [InlineData("warn", "warn-soft", 4.5)]
    [InlineData("bad", "bad-soft", 4.5)]
    [InlineData("info", "info-soft", 4.5)]
    [InlineData("bad", "surface", 4.5)]
    [InlineData("stage-ink", "stage", 4.5)]
    [InlineData("stage-ink-2", "stage", 4.5)]
    [InlineData("stage-on-hot", "stage-hot", 4.5)]
    [InlineData("lamp", "stage", 3)]
    public void Words_can_be_read_on_their_ground_in_both_themes(string words, string ground, double least)
    {
        var tokens = Token().Matches(File.ReadAllText(Find("stagedoor.css"))).DistinctBy(match => match.Groups["name"].Value)
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value);

        foreach (var dark in (bool[])[false, true])
        {
            Contrast(Of(words), Of(ground)).ShouldBeGreaterThanOrEqualTo(least, $"{words} on {ground}, {(dark ? "dark" : "light")}");

            string Of(string name)
            {
                var colours = Colour().Matches(tokens[name]);
                return colours[dark ? ^1 : 0].Value;
            }
        }
    }

    private static double Contrast(string one, string other)
    {
        var (light, dark) = (Math.Max(Luminance(one), Luminance(other)), Math.Min(Luminance(one), Luminance(other)));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double Luminance(string colour)
    {
        var hex = colour[1..];
        if (hex.Length == 3)
        {
            hex = string.Concat(hex.Select(digit => new string(digit, 2)));
        }

        var parts = Convert.FromHexString(hex).Select(part => part / 255.0).Select(part => part <= 0.03928 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4)).ToArray();
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }

    private static string Find(string asset, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "src", "Stagedoor.UI", "wwwroot", asset);

    [GeneratedRegex(@"--(?<name>[a-z0-9-]+): (?<value>light-dark\([^)]*\)|#[0-9a-f]{3,6})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("#([0-9a-f]{6}|[0-9a-f]{3})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Colour();
}
