namespace Stagedoor.Catalog.Reading;

/// <summary>How much a place may bring.</summary>
internal sealed record ReadingLimits
{
    public long MostBytes { get; init; } = 10 * 1024 * 1024;

    public int MostFiles { get; init; } = 200_000;

    public int MostDepth { get; init; } = 64;

    public string MostBytesText => $"{MostBytes / (1024 * 1024)} MB";
}
