using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Secrets;

/// <summary>
/// Keeps the keys of Data Protection in the database, where all replicas find them. Asked before the database is there, it
/// throws, and the framework asks again at the next need.
/// </summary>
internal sealed class PortalKeys(IDatabase database, TimeProvider time) : IXmlRepository
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A key made so shortly after another replica's is not needed.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromMinutes(1);

    public IReadOnlyCollection<XElement> GetAllElements() =>
        Wait(async cancellationToken =>
        {
            var all = await database.Query<string>("select xml from portal_keys order by created_at, name", cancellationToken);
            return (IReadOnlyCollection<XElement>)[.. all.Select(XElement.Parse)];
        });

    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        ArgumentException.ThrowIfNullOrEmpty(friendlyName);
        Wait(cancellationToken => database.Transaction(
            async transaction =>
            {
                await transaction.Query<long>(
                    Sql.For(sqlite: "select 1", postgres: "select 1 from pg_advisory_xact_lock(7355608, 4)"), args: null, cancellationToken);
                var now = time.GetUtcNow();

                // Two replicas that start together both make a first key. The later one is dropped: the framework reads all
                // keys again after it has made one, finds the other's, and both use that.
                var isKey = element.Name.LocalName == "key";
                var made = isKey
                    ? await transaction.Find<long>(
                        "select count(*) from portal_keys where name like 'key-%' and created_at > @since", new { since = now - AtOnce }, cancellationToken)
                    : 0;
                return made > 0
                    ? 0
                    : await transaction.Execute(
                        "insert into portal_keys (name, xml, created_at) values (@name, @xml, @now) on conflict do nothing",
                        new { name = friendlyName, xml = element.ToString(SaveOptions.DisableFormatting), now },
                        cancellationToken);
            },
            cancellationToken));
    }

    // The framework's interface does not wait asynchronously. It is called a few times a day.
    private static T Wait<T>(Func<CancellationToken, Task<T>> work) =>
        Task.Run(async () =>
        {
            using var limit = new CancellationTokenSource(Patience);
            return await work(limit.Token);
        }).GetAwaiter().GetResult();
}
