using Stagedoor.Catalog.Reading;

namespace Stagedoor.Catalog.Engine.Refreshing;

/// <summary>The readers of places, by type.</summary>
internal sealed class PlaceReaders(IEnumerable<IPlaceReader> readers)
{
    private readonly Dictionary<string, IPlaceReader> _byType = readers.ToDictionary(reader => reader.Type, StringComparer.Ordinal);

    public IReadOnlyCollection<string> Types => _byType.Keys;

    public IPlaceReader? Find(string type) => _byType.GetValueOrDefault(type);

    /// <exception cref="PlaceException">There is no such type of location.</exception>
    public IPlaceReader Of(string type) =>
        Find(type) ?? throw new PlaceException($"'{type}' is not a type of location that the portal can read. There are {string.Join(", ", Types.Order(StringComparer.Ordinal))}.", isGone: false);

    /// <summary>The reader that reads beside a file, by the file's own location reference.</summary>
    public IPlaceReader Beside(string fileTarget) => Of(fileTarget[..Math.Max(fileTarget.IndexOf(':', StringComparison.Ordinal), 0)]);
}
