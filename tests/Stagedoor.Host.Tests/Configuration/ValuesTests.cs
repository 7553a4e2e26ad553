using System.Globalization;
using Stagedoor.Host.Configuration;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Tests.Configuration;

public sealed class ValuesTests
{
    [Theory]
    [InlineData("500ms", "00:00:00.5000000")]
    [InlineData("30s", "00:00:30")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("1h30m", "01:30:00")]
    [InlineData("1d 2h", "1.02:00:00")]
    [InlineData("00:05:00", "00:05:00")]
    [InlineData("PT5M", "00:05:00")]
    public void A_duration_is_read_as_people_write_it(string text, string duration)
    {
        Durations.TryParse(text, out var read).ShouldBeTrue();
        read.ToString("c", CultureInfo.InvariantCulture).ShouldBe(duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("20")]
    [InlineData("5 minutes")]
    [InlineData("m5")]
    [InlineData("999999999999999d")]
    [InlineData("Px")]
    public void What_is_not_a_duration_is_refused(string text) => Durations.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("01:30:00", "1h30m")]
    [InlineData("1.00:00:00", "1d")]
    [InlineData("00:00:00.2500000", "250ms")]
    [InlineData("00:00:01.5000000", "1.5s")]
    [InlineData("00:01:00.2500000", "1m250ms")]
    [InlineData("00:00:00", "0s")]
    public void A_duration_is_written_so_that_it_can_be_read(string duration, string text) =>
        Durations.Write(TimeSpan.Parse(duration, CultureInfo.InvariantCulture)).ShouldBe(text);

    [Theory]
    [InlineData(1)]
    [InlineData(1_500)]
    [InlineData(61_001)]
    [InlineData(90_061_250)]
    public void What_is_written_is_read_as_the_same_duration(int milliseconds)
    {
        Durations.TryParse(Durations.Write(TimeSpan.FromMilliseconds(milliseconds)), out var read).ShouldBeTrue();
        read.ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
    }

    [Theory]
    [InlineData("10", 10L, "10B")]
    [InlineData("10MB", 10485760L, "10MB")]
    [InlineData("1.5 KiB", 1536L, "1536B")]
    [InlineData("2g", 2147483648L, "2GB")]
    [InlineData("7B", 7L, "7B")]
    public void A_size_is_read_and_written(string text, long bytes, string written)
    {
        ByteSize.TryParse(text, null, out var size).ShouldBeTrue();
        size.Bytes.ShouldBe(bytes);
        size.ToString().ShouldBe(written);
    }

    [Theory]
    [InlineData("big")]
    [InlineData("-1")]
    [InlineData("10XB")]
    [InlineData("99999999999TB")]
    public void What_is_not_a_size_is_refused(string text) => ByteSize.TryParse(text, null, out _).ShouldBeFalse();

    [Theory]
    [InlineData("shutdownTimout", "shutdownTimeout")]
    [InlineData("shutdown-timeout", "shutdownTimeout")]
    [InlineData("ulrs", "urls")]
    [InlineData("colour", null)]
    public void The_nearest_word_is_suggested_if_it_is_near(string word, string? nearest) =>
        Nearest.To(word, ["urls", "shutdownTimeout", "maxBodySize"]).ShouldBe(nearest);
}
