using System.Text;
using Microsoft.Extensions.Options;
using Stagedoor.DeadLetters.Configuration;
using Stagedoor.DeadLetters.Headers;
using Stagedoor.DeadLetters.Store;
using Stagedoor.DeadLetters.Understanding;
using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters.Tests;

/// <summary>Messages for tests.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2030, 1, 7, 9, 0, 0, TimeSpan.Zero);

    public static NewMessage Message(string id, string service = "term-deposit", string error = "ctx handler: no such account", string env = "dev") => new()
    {
        Env = env,
        Broker = "rabbit",
        Service = service,
        Squad = "group:default/gemini",
        Identity = new Identity(Guid.NewGuid(), IsNamed: true, MayBeAgain: false),
        Fingerprint = Fingerprint.Of(error, errorType: null, "rejected", service),
        DeadAt = Now,
        ReceivedAt = Now,
        Queue = $"{env}-k8s-deposits_{service}",
        Exchange = "events",
        RoutingKey = "deposit.term.CreatedV1",
        MessageId = id,
        CorrelationId = $"c-{id}",
        Error = error,
        Reason = "rejected",
        Properties = new MessageProperties { MessageId = id }.ToJson(),
        Headers = "{}",
        RoutingKeys = """["deposit.term.CreatedV1"]""",
        Body = Encoding.UTF8.GetBytes($$"""{"id":"{{id}}"}"""),
    };

    public static Arrival Arrival(string? messageId = null, Dictionary<string, object?>? headers = null, byte[]? body = null, bool again = false) => new()
    {
        Env = "dev",
        Broker = "rabbit",
        ReceivedAt = Now,
        MayBeAgain = again,
        Exchange = "dlx",
        RoutingKey = "key",
        RoutingKeys = ["key"],
        Properties = new MessageProperties { MessageId = messageId },
        Headers = headers ?? [],
        Body = body ?? [1, 2, 3],
    };

    public static ServiceNaming Naming(params IReadOnlyList<NamingRule> rules) => new(Options.Create(new DeadLettersOptions { Naming = rules }));

    public static Reading Reading(ICatalog? catalog = null, params IReadOnlyList<NamingRule> rules) => new(Naming(rules), new Owners(catalog ?? new EmptyCatalog()), Options.Create(new DeadLettersOptions { OrderKeyHeader = "entity" }));
}

/// <summary>A catalog in which nothing is.</summary>
internal sealed class EmptyCatalog : ICatalog
{
    public CatalogModel Model => throw new NotSupportedException();

    public ValueTask<Entity?> Find(EntityRef entity, Caller caller, CancellationToken cancellationToken) => ValueTask.FromResult<Entity?>(null);

    public ValueTask<IReadOnlyList<Entity?>> Find(IReadOnlyList<EntityRef> entities, Caller caller, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<Entity?>>([.. entities.Select(_ => (Entity?)null)]);

    public ValueTask<EntityPage> List(EntityQuery query, Caller caller, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<long> Count(EntityFilter filter, Caller caller, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<FacetValue>> Facet(string path, EntityFilter filter, Caller caller, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<FacetValue>> Facet(string path, EntityQuery query, Caller caller, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<EntityGraph> Graph(GraphQuery query, Caller caller, CancellationToken cancellationToken) => throw new NotSupportedException();
}
