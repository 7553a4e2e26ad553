namespace Stagedoor.Plugins.Tests;

/// <summary>Texts where there is no room for all of them.</summary>
public sealed class CutTextTests
{
    [Fact]
    public void A_text_that_fits_stays_as_it_is()
    {
        CutText.To("abcd", 4).ShouldBe("abcd");
        CutText.Start("abcd", 4).ShouldBe("abcd");
        CutText.Line("abcd", 4).ShouldBe("abcd");
    }

    [Fact]
    public void The_dots_are_part_of_what_there_is_room_for() => CutText.To("abcde", 4).ShouldBe("abc…");

    [Fact]
    public void There_is_no_blank_before_the_dots() => CutText.To("ab cde", 4).ShouldBe("ab…");

    [Fact]
    public void The_beginning_alone_has_no_dots() => CutText.Start("abcde", 4).ShouldBe("abcd");

    [Fact]
    public void What_is_one_sign_is_not_cut_through()
    {
        CutText.To("ab🎭cd", 4).ShouldBe("ab…");
        CutText.Start("ab🎭cd", 3).ShouldBe("ab");
    }

    [Theory]
    [InlineData(" ab \n cd", "ab")]
    [InlineData("ab\r\ncd", "ab")]
    [InlineData("abcdef\ng", "abcd…")]
    [InlineData(" \n ", "")]
    [InlineData(null, "")]
    public void A_line_is_the_first_one_without_blanks_around_it(string? text, string line) => CutText.Line(text, 5).ShouldBe(line);
}
