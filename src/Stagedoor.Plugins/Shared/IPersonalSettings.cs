namespace Stagedoor.Plugins;

/// <summary>What a person has chosen, kept on the server. Keys start with the id of the plugin that owns them.</summary>
public interface IPersonalSettings
{
    ValueTask<T?> Get<T>(EntityRef person, string key, CancellationToken cancellationToken);

    /// <summary>All of a person's settings whose key starts with a prefix, as JSON by key.</summary>
    ValueTask<IReadOnlyDictionary<string, string>> List(EntityRef person, string prefix, CancellationToken cancellationToken);

    Task Set<T>(EntityRef person, string key, T value, CancellationToken cancellationToken);

    Task Remove(EntityRef person, string key, CancellationToken cancellationToken);

    /// <summary>The people who have set a key: who has starred this?</summary>
    Task<IReadOnlyList<EntityRef>> WhoHas(string key, CancellationToken cancellationToken);
}
