using Stagedoor.Catalog.Index.Segments;

namespace Stagedoor.Catalog.Index.Queries;

/// <summary>
/// The column of what people read as an entity's title: the name of its profile, its title, or else its name. It is what a list
/// by name is in the order of; made when somebody asks.
/// </summary>
internal static class TitleColumn
{
    /// <summary>No path of an entity can be written so.</summary>
    public const string Path = "~title";

    private static readonly string[] Fields = ["spec.profile.displayname", "metadata.title", "metadata.name"];

    public static Column Of(Segment segment)
    {
        var titles = new (Column? Column, int Value)[segment.Count];
        foreach (var field in Fields)
        {
            if (segment.Columns.TryGetValue(field, out var column))
            {
                Set(titles, column);
            }
        }

        var documents = Enumerable.Range(0, segment.Count).Where(document => titles[document].Column is not null).ToArray();
        Array.Sort(documents, (a, b) => Compare(titles[a], titles[b]) is not 0 and var order ? order : a.CompareTo(b));
        return new Column(Shape(titles, documents));
    }

    private static void Set((Column? Column, int Value)[] titles, Column column)
    {
        for (var value = 0; value < column.Count; value++)
        {
            if (column.Lower(value).Length == 0)
            {
                continue;
            }

            foreach (var document in column.DocumentsOf(value))
            {
                if (titles[document].Column is null)
                {
                    titles[document] = (column, value);
                }
            }
        }
    }

    private static ColumnShape Shape((Column? Column, int Value)[] titles, int[] documents)
    {
        // Where in the order another value begins.
        var starts = new List<int>();
        for (var i = 0; i < documents.Length; i++)
        {
            if (i == 0 || Compare(titles[documents[i - 1]], titles[documents[i]]) != 0)
            {
                starts.Add(i);
            }
        }

        var shape = new ColumnShape(starts.Count) { OriginalStarts = new int[starts.Count + 1], Postings = documents };
        using var lower = new MemoryStream();
        using var original = new MemoryStream();
        for (var i = 0; i < starts.Count; i++)
        {
            var (column, value) = titles[documents[starts[i]]];
            lower.Write(column!.Lower(value));
            original.Write(column.Original(value));
            shape.LowerStarts[i + 1] = (int)lower.Length;
            shape.OriginalStarts[i + 1] = (int)original.Length;
            shape.Starts[i + 1] = i + 1 < starts.Count ? starts[i + 1] : documents.Length;
            shape.HasVariants |= i > 0 && titles[documents[starts[i - 1]]] is var (before, former) && before!.Lower(former).SequenceEqual(column.Lower(value));
        }

        shape.Lower = lower.ToArray();
        shape.Original = original.ToArray();
        return shape;
    }

    private static int Compare((Column? Column, int Value) a, (Column? Column, int Value) b) =>
        a.Column!.Lower(a.Value).SequenceCompareTo(b.Column!.Lower(b.Value)) is not 0 and var order
            ? order
            : a.Column.Original(a.Value).SequenceCompareTo(b.Column.Original(b.Value));
}
