using Stagedoor.Host.Notices;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Notifications;

/// <summary>How many unread notifications each person has.</summary>
internal sealed class UnreadCounts(IDatabase database) : KeptUntilNotice<long>(database, Channel, mostBytes: 20_000 * BytesOfOne)
{
    public const string Channel = "portal_inbox";
    private const long BytesOfOne = 200;
    private readonly IDatabase _database = database;

    protected override async Task<(long Value, long Bytes)> Read(string person, CancellationToken cancellationToken) =>
        (await _database.Find<long>("select count(*) from portal_inbox where person = @person and read_at is null", new { person }, cancellationToken), BytesOfOne);
}
