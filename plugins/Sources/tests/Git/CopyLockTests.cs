using Stagedoor.Sources.Git;
using Stagedoor.Sources.Tests.Serving;

namespace Stagedoor.Sources.Tests.Git;

public sealed class CopyLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task It_is_had_as_soon_as_the_other_lets_go()
    {
        var copy = Path.Combine(_folder.Path, "copy");
        var first = await CopyLock.Take(copy, TimeProvider.System, TestContext.Current.CancellationToken);
        var second = CopyLock.Take(copy, TimeProvider.System, TestContext.Current.CancellationToken);

        second.IsCompleted.ShouldBeFalse();
        CopyLock.TryTake(copy).ShouldBeNull();
        first.Dispose();

        (await second).Dispose();
    }

    [Fact]
    public async Task One_that_is_held_for_ever_is_not_waited_for_for_ever()
    {
        var copy = Path.Combine(_folder.Path, "copy");
        using var held = await CopyLock.Take(copy, TimeProvider.System, TestContext.Current.CancellationToken);

        var failure = await Should.ThrowAsync<OutboundException>(() => CopyLock.Take(copy, new Hurrying(), TestContext.Current.CancellationToken));

        failure.IsPassing.ShouldBeTrue();
    }

    [Fact]
    public async Task Where_nothing_can_be_written_nothing_is_waited_for()
    {
        var file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        var failure = await Should.ThrowAsync<OutboundException>(() => CopyLock.Take(Path.Combine(file, "copy"), TimeProvider.System, TestContext.Current.CancellationToken));

        failure.Message.ShouldContain("cannot be written");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Each look at it is a minute later.</summary>
    private sealed class Hurrying : TimeProvider
    {
        private long _minutes;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => 60 * Interlocked.Increment(ref _minutes);
    }
}
