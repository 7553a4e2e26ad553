using Stagedoor.Host.Operations.Running;
using Stagedoor.Testing.Clock;

namespace Stagedoor.Host.Tests.Operations;

public sealed class RateGateTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void So_many_items_pass_as_the_rate_allows()
    {
        var gate = new RateGate(_clock);
        gate.Limit(10);

        Passed(gate, TimeSpan.FromSeconds(30)).ShouldBeInRange(299, 301);
    }

    [Fact]
    public void Without_a_limit_everything_passes()
    {
        var gate = new RateGate(_clock);

        Enumerable.Range(0, 1000).ShouldAllBe(_ => gate.Take() == null);
    }

    [Fact]
    public void A_rate_may_change_while_items_wait()
    {
        var gate = new RateGate(_clock);
        gate.Limit(0.01);
        gate.Take().ShouldBeNull();
        gate.Take().ShouldBe(TimeSpan.FromSeconds(1));

        gate.Limit(100);

        Passed(gate, TimeSpan.FromSeconds(2)).ShouldBeInRange(190, 201);
    }

    [Fact]
    public void A_long_rest_is_not_made_up_for_in_a_burst()
    {
        var gate = new RateGate(_clock);
        gate.Limit(100);
        _clock.Advance(TimeSpan.FromHours(1));

        var burst = 0;
        while (gate.Take() is null)
        {
            burst++;
        }

        burst.ShouldBeInRange(24, 26);
    }

    private int Passed(RateGate gate, TimeSpan during)
    {
        var end = _clock.GetUtcNow() + during;
        var passed = 0;
        while (_clock.GetUtcNow() < end)
        {
            if (gate.Take() is { } wait)
            {
                _clock.Advance(wait);
            }
            else
            {
                passed++;
            }
        }

        return passed;
    }
}
