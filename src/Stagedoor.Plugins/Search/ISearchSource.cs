namespace Stagedoor.Plugins;

/// <summary>What a plugin lets people find.</summary>
public interface ISearchSource
{
    /// <summary>What is found, in the plural, as a heading: <c>Birthdays</c>.</summary>
    string Title { get; }

    /// <summary>Everything there is, for a plugin that keeps an index. A source that only suggests has nothing to give.</summary>
    IAsyncEnumerable<SearchDocument> All(CancellationToken cancellationToken) => AsyncEnumerable.Empty<SearchDocument>();

    /// <summary>The best few matches as someone types, only those the caller may see. Answers within milliseconds.</summary>
    Task<IReadOnlyList<SearchDocument>> Suggest(string text, Caller caller, int limit, CancellationToken cancellationToken);
}

/// <summary>Something to be found.</summary>
/// <param name="Id">Unique within its source.</param>
/// <param name="Href">The page it leads to, with a leading slash.</param>
public sealed record SearchDocument(string Id, string Title, string Href)
{
    /// <summary>The words to search in, as plain text.</summary>
    public string Text { get; init; } = "";

    /// <summary>A short line below the title.</summary>
    public string? Detail { get; init; }

    /// <summary>A name of the kit's icon set.</summary>
    public string? Icon { get; init; }

    /// <summary>The entity this is about. An index shows the document only to those who may see the entity; a source that suggests looks to that itself.</summary>
    public EntityRef? Entity { get; init; }

    /// <summary>The permission one needs to see it.</summary>
    public Permission? Permission { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public DateTimeOffset? ChangedAt { get; init; }
}
