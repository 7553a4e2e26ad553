using Microsoft.Playwright;

namespace Stagedoor.Testing.Browser;

/// <summary>How somebody looks at the portal.</summary>
public sealed record View
{
    public static readonly View Desktop = new();

    public static readonly View Phone = new() { Width = 390, Height = 844 };

    public bool Dark { get; init; }

    public int Width { get; init; } = 1440;

    public int Height { get; init; } = 900;

    public bool Scripts { get; init; } = true;

    /// <summary>Sent with each request, such as the token of a service.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public override string ToString() =>
        $"{(Width < 600 ? "phone" : "desktop")}-{(Dark ? "dark" : "light")}{(Scripts ? "" : "-without-scripts")}";

    internal BrowserNewContextOptions ToContext() => new()
    {
        ColorScheme = Dark ? ColorScheme.Dark : ColorScheme.Light,
        ViewportSize = new ViewportSize { Width = Width, Height = Height },
        JavaScriptEnabled = Scripts,
        ReducedMotion = ReducedMotion.Reduce,
        Locale = "en-GB",
        TimezoneId = "Europe/Amsterdam",
        ExtraHTTPHeaders = Headers,
    };
}
