using Stagedoor.Plugins;

namespace Stagedoor.UI;

/// <summary>What a colour says. Colour never stands alone: a word or a number is beside it.</summary>
public enum Tone
{
    Neutral,
    Ok,
    Info,
    Warn,
    Bad,
}

public static class Tones
{
    public static Tone Of(Severity severity) => severity switch
    {
        Severity.Success => Tone.Ok,
        Severity.Warning => Tone.Warn,
        Severity.Critical => Tone.Bad,
        _ => Tone.Info,
    };

    internal static string Class(this Tone tone) => tone switch
    {
        Tone.Ok => "ok",
        Tone.Info => "info",
        Tone.Warn => "warn",
        Tone.Bad => "bad",
        _ => "neutral",
    };

    internal static string Icon(this Tone tone) => tone switch
    {
        Tone.Ok => "check-circle",
        Tone.Warn => "warning",
        Tone.Bad => "error",
        _ => "info",
    };
}
