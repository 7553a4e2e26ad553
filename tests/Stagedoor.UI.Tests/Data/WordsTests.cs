namespace Stagedoor.UI.Tests.Data;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0, "just now")]
    [InlineData(44, "just now")]
    [InlineData(45, "1 min ago")]
    [InlineData(20 * 60, "20 min ago")]
    [InlineData(59 * 60, "59 min ago")]
    [InlineData((59 * 60) + 45, "1 h ago")]
    [InlineData(2 * 3600, "2 h ago")]
    [InlineData((24 * 3600) - 1, "23 h ago")]
    [InlineData(24 * 3600, "yesterday")]
    [InlineData((48 * 3600) - 1, "yesterday")]
    [InlineData(3 * 86400, "3 d ago")]
    [InlineData(13 * 86400, "13 d ago")]
    [InlineData(14 * 86400, "2 w ago")]
    [InlineData(30 * 86400, "1 mo ago")]
    [InlineData(364 * 86400, "11 mo ago")]
    [InlineData(365 * 86400, "1 y ago")]
    [InlineData(-10, "in a moment")]
    [InlineData(-300, "in 5 min")]
    [InlineData(-30 * 3600, "tomorrow")]
    [InlineData(-4 * 86400, "in 4 d")]
    public void A_time_is_told_as_people_tell_it(int secondsAgo, string expected) =>
        Words.Relative(Screen.Now.AddSeconds(-secondsAgo), Screen.Now).ShouldBe(expected);

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(450, "450 ms")]
    [InlineData(999.7, "1 s")]
    [InlineData(3240, "3.2 s")]
    [InlineData(32_000, "32 s")]
    [InlineData(60_000, "1 min")]
    [InlineData(3_847_000, "1 h 4 min")]
    [InlineData(183_600_000, "2 d 3 h")]
    [InlineData(-32_000, "−32 s")]
    public void A_duration_is_told_by_its_two_largest_units(double milliseconds, string expected) =>
        Words.Length(TimeSpan.FromMilliseconds(milliseconds)).ShouldBe(expected);

    [Theory]
    [InlineData(0L, "0")]
    [InlineData(999L, "999")]
    [InlineData(1284L, "1,284")]
    [InlineData(-1284117L, "-1,284,117")]
    public void A_number_is_grouped(long value, string expected) => Words.Grouped(value).ShouldBe(expected);

    [Fact]
    public void A_fraction_keeps_two_digits() => Words.Grouped(1234.567).ShouldBe("1,234.57");

    [Theory]
    [InlineData("Mae Albrecht", "MA")]
    [InlineData("squad-lantern", "SL")]
    [InlineData("Anna Maria de Vries", "AV")]
    [InlineData("bo", "B")]
    [InlineData("  ", "?")]
    [InlineData("🦊 fox", "🦊F")]
    public void Initials_stand_for_a_name(string name, string expected) => Words.Initials(name).ShouldBe(expected);

    [Theory]
    [InlineData("4f2c9ab", "4f2c9ab")]
    [InlineData("12345678901234", "12345678901234")]
    [InlineData("4f2c9ab0d1e86f7a3c5b9e2d8f1a6c4b7e0d3f95", "4f2c9a…3f95")]
    public void A_long_id_loses_its_middle(string id, string expected) => Words.Short(id).ShouldBe(expected);
}
