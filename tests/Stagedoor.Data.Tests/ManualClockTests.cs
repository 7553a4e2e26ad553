using Stagedoor.Testing.Clock;

namespace Stagedoor.Data.Tests;

public sealed class ManualClockTests
{
    [Fact]
    public async Task A_delay_ends_when_the_clock_has_passed_it()
    {
        var clock = new ManualClock();
        var delay = Task.Delay(TimeSpan.FromMinutes(1), clock, TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromSeconds(59));
        delay.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));

        await delay;
        clock.GetElapsedTime(0, clock.GetTimestamp()).ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public void A_timer_rings_at_each_of_its_times_and_not_after_it_was_disposed()
    {
        var clock = new ManualClock();
        var start = clock.GetUtcNow();
        var rings = new List<TimeSpan>();
        using (clock.CreateTimer(_ => rings.Add(clock.GetUtcNow() - start), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)))
        {
            clock.Advance(TimeSpan.FromSeconds(6));
        }

        clock.Advance(TimeSpan.FromSeconds(6));

        rings.ShouldBe([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5)]);
    }
}
