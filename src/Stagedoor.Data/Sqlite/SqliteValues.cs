using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Stagedoor.Data.Mapping;

namespace Stagedoor.Data.Sqlite;

/// <summary>How values are kept in SQLite: text, whole numbers, fractions and bytes are all it has.</summary>
internal static class SqliteValues
{
    public static void Add(SqliteCommand command, Argument argument)
    {
        if (argument.List is { } list)
        {
            command.Parameters.Add("@" + argument.Name, SqliteType.Text).Value = JsonSerializer.Serialize(list.Select(item => Stored(argument.Kind, item)));
            return;
        }

        Set(command.Parameters.Add("@" + argument.Name, SqliteType.Text), argument.Kind, argument.Value);
    }

    public static void Set(SqliteParameter parameter, Kind kind, object? value)
    {
        parameter.SqliteType = kind switch
        {
            Kind.Truth or Kind.Int or Kind.Whole => SqliteType.Integer,
            Kind.Real or Kind.Exact => SqliteType.Real,
            Kind.Bytes => SqliteType.Blob,
            _ => SqliteType.Text,
        };
        parameter.Value = Stored(kind, value) ?? DBNull.Value;
    }

    private static object? Stored(Kind kind, object? value) => (kind, value) switch
    {
        (_, null) => null,
        (_, DateTimeOffset instant) => instant.UtcDateTime.ToString(Values.InstantFormat, CultureInfo.InvariantCulture),
        (_, Guid id) => id.ToString("D"),
        (_, bool truth) => truth ? 1L : 0L,
        (_, int number) => (long)number,
        (_, decimal number) => (double)number,
        (_, DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => value,
    };
}
