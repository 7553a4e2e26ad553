using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Options;

namespace Stagedoor.Docs.Rendering;

/// <summary>
/// The addresses of pictures of diagrams. The portal asks the configured server itself: a reader's browser need not reach it,
/// and is told nothing of it.
/// </summary>
internal sealed class DiagramAddresses(IOptions<DocsOptions> options)
{
    public const string Prefix = "/api/docs/diagrams";

    private const int MostSource = 64 * 1024;
    private const int MostEncoded = 6 * 1024;

    /// <summary>PlantUML's own server is asked with two letters for each byte, and servers take lines of some 8,000.</summary>
    private const int MostForPlantUml = 3500;

    /// <summary>Languages that Kroki draws.</summary>
    private static readonly HashSet<string> OfKroki = new(StringComparer.Ordinal)
    {
        "actdiag", "blockdiag", "bpmn", "bytefield", "c4plantuml", "d2", "dbml", "ditaa", "erd", "excalidraw", "graphviz", "nomnoml", "nwdiag", "packetdiag", "pikchr", "plantuml",
        "rackdiag", "seqdiag", "structurizr", "svgbob", "symbolator", "tikz", "umlet", "vega", "vegalite", "wavedrom", "wireviz",
    };

    /// <summary>The address of a picture; nothing if no server draws this language, or its source is too long for an address.</summary>
    public string? Of(string language, string source)
    {
        var name = NameOf(language);
        return name is null || source.Length > MostSource || (options.Value.Kroki is null && Encoding.UTF8.GetByteCount(source) > MostForPlantUml) || Encode(source) is not { Length: <= MostEncoded } encoded ? null : $"{Prefix}/{name}/{encoded}";
    }

    /// <summary>What a server is asked, from a language and an encoded source of an address; nothing if nobody is to be asked.</summary>
    public Uri? ServerOf(string language, string encoded) =>
        NameOf(language) != language || encoded.Length > MostEncoded || !encoded.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? null
        : options.Value.Kroki is { } kroki ? new Uri($"{kroki.TrimEnd('/')}/{language}/svg/{encoded}")
        : options.Value.PlantUml is { } plantUml && Decode(encoded) is { } source ? new Uri($"{plantUml.TrimEnd('/')}/svg/~h{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(source))}")
        : null;

    private string? NameOf(string language)
    {
        var name = language.ToLowerInvariant() switch
        {
            "puml" or "uml" or "kroki-plantuml" => "plantuml",
            "dot" => "graphviz",
            ['k', 'r', 'o', 'k', 'i', '-', .. var rest] => rest,
            var other => other,
        };
        return options.Value.Kroki is not null && OfKroki.Contains(name) ? name : options.Value.PlantUml is not null && name == "plantuml" ? name : null;
    }

    private static string Encode(string source)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(Encoding.UTF8.GetBytes(source));
        }

        return System.Buffers.Text.Base64Url.EncodeToString(packed.ToArray());
    }

    private static string? Decode(string encoded)
    {
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(System.Buffers.Text.Base64Url.DecodeFromChars(encoded)), CompressionMode.Decompress);
            var source = new byte[MostSource + 1];
            var length = zlib.ReadAtLeast(source, source.Length, throwOnEndOfStream: false);
            return length > MostSource ? null : Encoding.UTF8.GetString(source, 0, length);
        }
        catch (Exception e) when (e is FormatException or InvalidDataException)
        {
            // Nobody but the portal writes such addresses; another's is not one.
            return null;
        }
    }
}
