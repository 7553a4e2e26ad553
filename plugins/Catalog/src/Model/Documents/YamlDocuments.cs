using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Stagedoor.Catalog.Model.Documents;

/// <summary>
/// The documents of a YAML file, one after the other. Where one is broken, what follows is cut at the lines that begin a
/// document, so that a broken one does not take the others with it.
/// </summary>
internal sealed class YamlDocuments
{
    private readonly string _text;
    private readonly HiddenBreaks _hidden;
    private readonly Parser _parser;
    private int _count;

    /// <summary>Where in the text the document begins that is being read.</summary>
    private int _start;

    private YamlDocuments(HiddenBreaks hidden)
    {
        _hidden = hidden;
        _text = hidden.Text;
        _parser = new Parser(new Scanner(new StringReader(_text), skipComments: true));
    }

    public static IEnumerable<Document> Read(string text)
    {
        var reading = new YamlDocuments(new HiddenBreaks(text));
        while (reading.TryNext(out var document))
        {
            if (document is null)
            {
                yield break;
            }

            yield return document;
        }

        foreach (var piece in Cut(reading._text, reading._start))
        {
            if (++reading._count > DocumentLimits.MaxDocuments)
            {
                yield return TooMany(reading._count, piece.Line);
                yield break;
            }

            yield return reading.ReadPiece(piece, reading._count);
        }
    }

    /// <summary>Reads the next document; nothing at the end. False where this is no YAML.</summary>
    private bool TryNext(out Document? document)
    {
        document = null;
        try
        {
            _parser.TryConsume<StreamStart>(out _);
            if (!_parser.TryConsume<DocumentStart>(out var start))
            {
                return true;
            }

            if (_count == DocumentLimits.MaxDocuments)
            {
                // The parser stands in this document now, so that asking again finds no other.
                document = TooMany(_count + 1, (int)start.Start.Line);
                return true;
            }

            _start = (int)start.Start.Index;
            document = ReadDocument(_parser, _count + 1, lineOffset: 0);
            _start = (int)(_parser.Current?.Start.Index ?? _text.Length);
            _count++;
            return true;
        }
        catch (Exception broken) when (broken is YamlException or BrokenDocumentException or InvalidOperationException)
        {
            document = null;
            return false;
        }
    }

    private Document ReadPiece(Piece piece, int number)
    {
        var scanner = new Scanner(new StringReader(piece.Text), skipComments: true);
        try
        {
            var parser = new Parser(scanner);
            parser.Consume<StreamStart>();
            return parser.TryConsume<DocumentStart>(out _)
                ? ReadDocument(parser, number, piece.Line - 1) with { Line = piece.Line }
                : new Document(number, piece.Line, null, []);
        }
        catch (BrokenDocumentException broken)
        {
            return new Document(number, piece.Line, null, [new Fault(broken.Line, "", broken.Message)]) { Text = piece.Text };
        }
        catch (YamlException broken)
        {
            return new Document(number, piece.Line, null, [YamlFaults.Explain(broken, piece)]) { Text = piece.Text };
        }
        catch (InvalidOperationException)
        {
            // The scanner throws this where brackets and braces are mixed up, without saying more.
            var line = (int)scanner.CurrentPosition.Line + piece.Line - 1;
            return new Document(number, piece.Line, null, [new Fault(line, "", "This is not YAML: brackets, braces or quotes do not match.")]) { Text = piece.Text };
        }
    }

    private Document ReadDocument(Parser parser, int number, int lineOffset)
    {
        var line = (int)parser.Current!.Start.Line + lineOffset;
        var builder = new NodeBuilder(parser, lineOffset, _hidden);
        var root = builder.Read();
        parser.Consume<DocumentEnd>();
        return new Document(number, line, root, builder.Faults) { HasPlaceholders = builder.HasPlaceholders };
    }

    /// <summary>A line that begins with three dashes begins a document, wherever it stands.</summary>
    private static IEnumerable<Piece> Cut(string text, int from)
    {
        var line = FileText.LineOf(text.AsSpan(0, from));
        var (start, startLine) = (from, line);
        for (var at = from; at < text.Length; line++)
        {
            var end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end + 1;
            if (IsMarker(text.AsSpan(at, end - at)))
            {
                if (HasContent(text.AsSpan(start, at - start)))
                {
                    yield return new Piece(text[start..at], startLine);
                }

                (start, startLine) = (at, line);
            }

            at = end;
        }

        if (HasContent(text.AsSpan(start)))
        {
            yield return new Piece(text[start..], startLine);
        }
    }

    private static bool IsMarker(ReadOnlySpan<char> line) => line.StartsWith("---") && (line.Length == 3 || char.IsWhiteSpace(line[3]));

    /// <summary>Comments, directives and white space alone are no document.</summary>
    private static bool HasContent(ReadOnlySpan<char> piece)
    {
        foreach (var line in piece.EnumerateLines())
        {
            var content = line.TrimStart();
            if (content.Length > 0 && content[0] is not ('#' or '%'))
            {
                return true;
            }
        }

        return false;
    }

    private static Document TooMany(int number, int line) =>
        new(number, line, null, [new Fault(line, "", $"This file has more than {DocumentLimits.MaxDocuments} documents; the rest is left out. Split it.")]);
}

/// <summary>A part of a file, and the line it begins in.</summary>
internal readonly record struct Piece(string Text, int Line);
