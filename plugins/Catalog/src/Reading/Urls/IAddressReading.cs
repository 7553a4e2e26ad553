namespace Stagedoor.Catalog.Reading.Urls;

/// <summary>Reads one address outside, for readers of other types: a placeholder of a file on this machine may name one.</summary>
internal interface IAddressReading
{
    /// <exception cref="PlaceException">It cannot be read, or may not be.</exception>
    Task<ReadOnlyMemory<byte>> Read(Uri address, CancellationToken cancellationToken);
}
