using Stagedoor.Catalog.Engine.Sources;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.UI;

namespace Stagedoor.Catalog.Pages.Sources;

/// <summary>How a source stands, in a word; the gravest first.</summary>
internal static class SourceStanding
{
    public static IEnumerable<(Tone Tone, string Word)> Of(SourceState state)
    {
        var source = state.Source;
        if (source.RemovedAt is not null)
        {
            yield return (Tone.Neutral, "removed");
            yield break;
        }

        if (source.Held is not null)
        {
            yield return (Tone.Warn, "deletions held back");
        }

        if (source.PausedAt is not null)
        {
            yield return (Tone.Warn, "paused");
        }

        if (state.FailingPlaces > 0 || source.Error is not null)
        {
            yield return (Tone.Bad, state.Places > 1 && state.FailingPlaces < state.Places ? "some fail" : "failing");
        }
        else if (state.Problems > 0)
        {
            yield return (Tone.Warn, "has problems");
        }
        else if (source.Origin == SourceOrigin.Restored)
        {
            yield return (Tone.Neutral, "kept by hand");
        }
        else if (source.PausedAt is null && source.Held is null)
        {
            yield return source.ReadAt is null ? (Tone.Info, "not read yet") : (Tone.Ok, "ok");
        }
    }

    public static string Origin(SourceOrigin origin) => origin switch
    {
        SourceOrigin.Configuration => "configured",
        SourceOrigin.Plugin => "from a plugin",
        SourceOrigin.Registered => "registered",
        _ => "restored by hand",
    };

    public static int CountHeld(SourceRow source) => source.HeldOfPlaces().Values.Sum(refs => refs.Count);
}
