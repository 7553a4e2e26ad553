namespace Stagedoor.Plugins;

/// <summary>
/// Something that a plugin keeps about a person for their own use in a place of its own, so that the person can see all of it
/// and have it deleted. What <see cref="IPersonalSettings"/> keeps needs none. Register it as a service: <c>AddSingleton&lt;IPersonalData, …&gt;()</c>.
/// </summary>
public interface IPersonalData
{
    /// <summary>What it is, in the plural, as a heading: <c>Saved views</c>.</summary>
    string Title { get; }

    Task<long> Count(EntityRef person, CancellationToken cancellationToken);

    /// <summary>All of it, as objects that can be written as JSON.</summary>
    Task<IReadOnlyList<object>> Tell(EntityRef person, CancellationToken cancellationToken);

    /// <summary>Deletes all of it.</summary>
    Task Forget(EntityRef person, CancellationToken cancellationToken);
}
