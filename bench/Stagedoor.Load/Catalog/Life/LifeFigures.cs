namespace Stagedoor.Load.Catalog.Life;

/// <summary>Milliseconds until a change is seen: of ten, the one in the middle and the worst.</summary>
internal sealed record Visible(double Median, double Worst)
{
    public static Visible Of(IReadOnlyCollection<double> times) => new(Load.Median.Of(times), times.Max());
}

/// <summary>What a catalog of a size costs to have, on a database.</summary>
/// <param name="Again">From being ready until it is quiet, with nothing changed since the last run; and the processor's time for it.</param>
internal sealed record LifeFigures(
    string Store,
    int Count,
    TimeSpan Ingested,
    long Peak,
    long Settled,
    double Idle,
    long Bytes,
    TimeSpan ColdReady,
    TimeSpan ColdAnswer,
    long ColdResident,
    (TimeSpan Waited, TimeSpan Used) Again,
    Visible Watched,
    Visible? Refreshed,
    Visible? Hooked,
    HistoryFigures? History,
    IReadOnlyList<ScenarioFigures> Loads);

/// <summary>What it costs that every version is kept.</summary>
internal sealed record HistoryFigures(int Changes, double BytesEach, double MillisecondsEach);
