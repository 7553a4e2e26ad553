using Npgsql;
using NpgsqlTypes;
using Stagedoor.Data.Mapping;

namespace Stagedoor.Data.Postgres;

/// <summary>
/// How values travel to PostgreSQL. A text goes without a type, as a literal would: it becomes JSON, text or an enum, as
/// the place where it stands needs. See docs/decisions/0004.
/// </summary>
internal static class PostgresValues
{
    public static void Add(NpgsqlCommand command, Argument argument)
    {
        if (argument.List is { } list)
        {
            command.Parameters.Add(new NpgsqlParameter(argument.Name, NpgsqlDbType.Array | TypeOf(argument.Kind)) { Value = ArrayOf(argument.Kind, list) });
            return;
        }

        var type = argument.Kind == Kind.Text ? NpgsqlDbType.Unknown : TypeOf(argument.Kind);
        command.Parameters.Add(new NpgsqlParameter(argument.Name, type) { Value = argument.Value ?? DBNull.Value });
    }

    public static NpgsqlDbType TypeOf(Kind kind) => kind switch
    {
        Kind.Json => NpgsqlDbType.Jsonb,
        Kind.Id => NpgsqlDbType.Uuid,
        Kind.Instant => NpgsqlDbType.TimestampTz,
        Kind.Truth => NpgsqlDbType.Boolean,
        Kind.Int => NpgsqlDbType.Integer,
        Kind.Whole => NpgsqlDbType.Bigint,
        Kind.Real => NpgsqlDbType.Double,
        Kind.Exact => NpgsqlDbType.Numeric,
        Kind.Bytes => NpgsqlDbType.Bytea,
        Kind.Day => NpgsqlDbType.Date,
        _ => NpgsqlDbType.Text,
    };

    public static Array ArrayOf(Kind kind, IReadOnlyList<object?> values) => kind switch
    {
        Kind.Id => Nullables<Guid>(values),
        Kind.Instant => Nullables<DateTimeOffset>(values),
        Kind.Truth => Nullables<bool>(values),
        Kind.Int => Nullables<int>(values),
        Kind.Whole => Nullables<long>(values),
        Kind.Real => Nullables<double>(values),
        Kind.Exact => Nullables<decimal>(values),
        Kind.Day => Nullables<DateOnly>(values),
        Kind.Bytes => values.Select(value => (byte[]?)value).ToArray(),
        _ => values.Select(value => (string?)value).ToArray(),
    };

    private static T?[] Nullables<T>(IReadOnlyList<object?> values)
        where T : struct => [.. values.Select(value => (T?)value)];
}
