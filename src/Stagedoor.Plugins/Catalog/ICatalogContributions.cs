namespace Stagedoor.Plugins;

/// <summary>What all active plugins add to the catalog. The plugin that is the catalog asks for it.</summary>
public interface ICatalogContributions
{
    IReadOnlyList<EntityKind> Kinds { get; }

    IReadOnlyList<EntityField> Fields { get; }

    IReadOnlyList<ContributedSource> Sources { get; }

    IReadOnlyList<IEntityProcessor> Processors { get; }

    IReadOnlyList<IDescriptorReader> DescriptorReaders { get; }
}

/// <param name="Name">The plugin's id and the type's name: <c>directory.read-people</c>.</param>
/// <param name="Type">An <see cref="IEntitySource"/>, to be resolved in a scope of its own for each reading.</param>
public sealed record ContributedSource(string Name, string Title, Type Type, TimeSpan Every);
