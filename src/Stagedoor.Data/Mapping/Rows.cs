using System.Collections.Concurrent;
using System.Data.Common;

namespace Stagedoor.Data.Mapping;

/// <summary>Turns rows into records, classes, tuples or single values; compiled once for each type and list of columns.</summary>
internal sealed class Rows
{
    private readonly ConcurrentDictionary<(Type Type, string Columns), Delegate> _readers = new();

    public Func<DbDataReader, T> Reader<T>(DbDataReader reader)
    {
        if (Cells.IsScalar(typeof(T)))
        {
            return static row => Cells.Read<T>(row, 0, "the result")!;
        }

        var columns = new string[reader.FieldCount];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = reader.GetName(i);
        }

        return (Func<DbDataReader, T>)_readers.GetOrAdd(
            (typeof(T), string.Join('\n', columns)), static (_, names) => RowShape.Compile<T>(names), columns);
    }
}
