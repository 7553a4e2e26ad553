using Stagedoor.Catalog.Model.Checks;

namespace Stagedoor.Catalog.Model.Wire;

/// <summary>Location references as the API takes them: <c>url:https://…</c>.</summary>
internal static class LocationRefs
{
    /// <summary>Why a text is none; nothing if it is one.</summary>
    public static WireFault? WhyNot(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (type, target) = colon < 0 ? ("", "") : (text[..colon].Trim(), text[(colon + 1)..].Trim());
        return type.Length == 0 || target.Length == 0 ? Wrong($"Unable to parse location ref '{text}', expected '<type>:<target>', e.g. 'url:https://host/path'")
            : type is "http" or "https" ? Wrong($"Invalid location ref '{text}', please prefix it with 'url:', e.g. 'url:{text}'")
            : SafeAddress.IsScript(target) ? Wrong($"Invalid location ref '{text}', target is a javascript: URL")
            : null;
    }

    private static WireFault Wrong(string message) => new("TypeError", message);
}
