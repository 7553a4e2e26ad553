using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Stagedoor.Catalog.Model.Documents;

/// <summary>
/// The documents of a YAML file. It is parsed as a whole; if that fails, it is cut at the lines that begin a document,
/// so that a broken one does not take the others with it.
/// </summary>
internal static class YamlDocuments
{
    public static List<Document> Read(string text)
    {
        var documents = new List<Document>();
        if (TryReadAll(text, documents))
        {
            return documents;
        }

        documents.Clear();
        foreach (var piece in Cut(text))
        {
            if (documents.Count == DocumentLimits.MaxDocuments)
            {
                documents.Add(new Document(documents.Count + 1, piece.Line, null, [TooMany(piece.Line)]));
                break;
            }

            documents.Add(ReadPiece(piece, documents.Count + 1));
        }

        return documents;
    }

    private static bool TryReadAll(string text, List<Document> documents)
    {
        var scanner = new Scanner(new StringReader(text), skipComments: true);
        try
        {
            var parser = new Parser(scanner);
            parser.Consume<StreamStart>();
            while (parser.TryConsume<DocumentStart>(out var start))
            {
                if (documents.Count == DocumentLimits.MaxDocuments)
                {
                    documents.Add(new Document(documents.Count + 1, (int)start.Start.Line, null, [TooMany((int)start.Start.Line)]));
                    return true;
                }

                documents.Add(ReadDocument(parser, documents.Count + 1, lineOffset: 0));
            }

            return true;
        }
        catch (Exception broken) when (broken is YamlException or BrokenDocumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static Document ReadPiece(Piece piece, int number)
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

    private static Document ReadDocument(Parser parser, int number, int lineOffset)
    {
        var line = (int)parser.Current!.Start.Line + lineOffset;
        var builder = new NodeBuilder(parser, lineOffset);
        var root = builder.Read();
        parser.Consume<DocumentEnd>();
        return new Document(number, line, root, builder.Faults) { HasPlaceholders = builder.HasPlaceholders };
    }

    /// <summary>A line that begins with three dashes begins a document, wherever it stands.</summary>
    private static IEnumerable<Piece> Cut(string text)
    {
        var (start, startLine, line) = (0, 1, 1);
        for (var at = 0; at < text.Length; line++)
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

    private static Fault TooMany(int line) => new(line, "", $"This file has more than {DocumentLimits.MaxDocuments} documents; the rest is left out. Split it.");
}

/// <summary>A part of a file, and the line it begins in.</summary>
internal readonly record struct Piece(string Text, int Line);
