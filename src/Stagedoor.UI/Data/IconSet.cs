using System.Collections.Frozen;
using System.Xml.Linq;

namespace Stagedoor.UI;

/// <summary>The names of the icons, read from the sprite itself.</summary>
internal static class IconSet
{
    public const string Asset = "_ui/icons.svg";

    public static readonly FrozenSet<string> Names = Read();

    private static FrozenSet<string> Read()
    {
        using var sprite = typeof(IconSet).Assembly.GetManifestResourceStream("icons.svg")
            ?? throw new InvalidOperationException("The icon sprite is not embedded in Stagedoor.UI.");
        return XDocument.Load(sprite).Root!.Elements()
            .Select(symbol => symbol.Attribute("id")?.Value)
            .OfType<string>()
            .ToFrozenSet();
    }
}
