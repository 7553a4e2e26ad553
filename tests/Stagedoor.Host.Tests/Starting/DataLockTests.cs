using Stagedoor.Host.Starting;

namespace Stagedoor.Host.Tests.Starting;

public sealed class DataLockTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory();

    [Fact]
    public void A_second_portal_on_the_same_data_is_refused_and_told_what_to_do()
    {
        using var first = DataLock.Take(_data.FullName);

        var refused = Should.Throw<CannotStartException>(() => DataLock.Take(_data.FullName));

        refused.Message.ShouldContain(_data.FullName);
        refused.Message.ShouldContain("--data");
    }

    [Fact]
    public void After_the_first_has_ended_the_next_may_begin()
    {
        DataLock.Take(_data.FullName).Dispose();

        Should.NotThrow(() => DataLock.Take(_data.FullName).Dispose());
    }

    public void Dispose() => _data.Delete(recursive: true);
}
