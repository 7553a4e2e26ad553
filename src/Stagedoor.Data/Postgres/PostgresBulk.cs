using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Stagedoor.Data.Mapping;
using Stagedoor.Plugins;

namespace Stagedoor.Data.Postgres;

/// <summary>
/// Inserts many rows: by COPY, or by <c>unnest</c> when conflicts are to be settled. Both ask for the types of the
/// columns first, so that a C# <c>int</c> may go into a <c>bigint</c>, and text into JSON.
/// </summary>
internal static class PostgresBulk
{
    private const int RowsPerStatement = 5_000;

    public static async Task<long> Insert<T>(NpgsqlConnection connection, BulkInsert<T> insert, IEnumerable<T> rows, CancellationToken cancellationToken)
    {
        var types = await ColumnTypes(connection, insert, cancellationToken);
        return insert.OnConflict is null
            ? await Copy(connection, insert, types, rows, cancellationToken)
            : await Unnest(connection, insert, types, rows, cancellationToken);
    }

    private static string Names<T>(BulkInsert<T> insert) => string.Join(", ", insert.Columns.Select(column => column.Name));

    private static async Task<string[]> ColumnTypes<T>(NpgsqlConnection connection, BulkInsert<T> insert, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select {Names(insert)} from {insert.Table} where false", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetDataTypeName)];
    }

    private static async Task<long> Copy<T>(
        NpgsqlConnection connection, BulkInsert<T> insert, string[] types, IEnumerable<T> rows, CancellationToken cancellationToken)
    {
        await using var writer = await connection.BeginBinaryImportAsync($"copy {insert.Table} ({Names(insert)}) from stdin (format binary)", cancellationToken);
        writer.Timeout = TimeSpan.FromMinutes(10);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(cancellationToken);
            for (var i = 0; i < types.Length; i++)
            {
                var value = Values.Normal(insert.Columns[i].Value(row));
                if (value is null)
                {
                    await writer.WriteNullAsync(cancellationToken);
                }
                else
                {
                    await Write(writer, value, types[i], cancellationToken);
                }
            }
        }

        return (long)await writer.CompleteAsync(cancellationToken);
    }

    private static Task Write(NpgsqlBinaryImporter writer, object value, string type, CancellationToken cancellationToken) => type switch
    {
        "bigint" => writer.WriteAsync(Convert.ToInt64(value, CultureInfo.InvariantCulture), NpgsqlDbType.Bigint, cancellationToken),
        "integer" => writer.WriteAsync(Convert.ToInt32(value, CultureInfo.InvariantCulture), NpgsqlDbType.Integer, cancellationToken),
        "smallint" => writer.WriteAsync(Convert.ToInt16(value, CultureInfo.InvariantCulture), NpgsqlDbType.Smallint, cancellationToken),
        "double precision" => writer.WriteAsync(Convert.ToDouble(value, CultureInfo.InvariantCulture), NpgsqlDbType.Double, cancellationToken),
        "real" => writer.WriteAsync(Convert.ToSingle(value, CultureInfo.InvariantCulture), NpgsqlDbType.Real, cancellationToken),
        "numeric" => writer.WriteAsync(Convert.ToDecimal(value, CultureInfo.InvariantCulture), NpgsqlDbType.Numeric, cancellationToken),
        "uuid" when value is string text => writer.WriteAsync(Guid.Parse(text, CultureInfo.InvariantCulture), NpgsqlDbType.Uuid, cancellationToken),
        "jsonb" => writer.WriteAsync((string)value, NpgsqlDbType.Jsonb, cancellationToken),
        "json" => writer.WriteAsync((string)value, NpgsqlDbType.Json, cancellationToken),
        _ => value switch
        {
            string text => writer.WriteAsync(text, type, cancellationToken),
            DateTimeOffset instant => writer.WriteAsync(instant, NpgsqlDbType.TimestampTz, cancellationToken),
            Guid id => writer.WriteAsync(id, NpgsqlDbType.Uuid, cancellationToken),
            bool truth => writer.WriteAsync(truth, NpgsqlDbType.Boolean, cancellationToken),
            byte[] bytes => writer.WriteAsync(bytes, NpgsqlDbType.Bytea, cancellationToken),
            DateOnly day => writer.WriteAsync(day, NpgsqlDbType.Date, cancellationToken),
            _ => throw new InvalidCastException($"A column of type {type} cannot take a {value.GetType().Name}."),
        },
    };

    private static async Task<long> Unnest<T>(
        NpgsqlConnection connection, BulkInsert<T> insert, string[] types, IEnumerable<T> rows, CancellationToken cancellationToken)
    {
        var kinds = insert.Columns.Select(column => column.IsJson ? Kind.Text : Values.KindOf(column.Type, column.Name)).ToArray();
        var arrays = string.Join(", ", types.Select((type, i) => string.Create(CultureInfo.InvariantCulture, $"@p{i}::{type}[]")));
        var sql = $"insert into {insert.Table} ({Names(insert)}) select * from unnest({arrays}) on conflict {insert.OnConflict}";
        var count = 0L;
        foreach (var batch in rows.Chunk(RowsPerStatement))
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
            for (var i = 0; i < kinds.Length; i++)
            {
                var column = insert.Columns[i];
                var kind = kinds[i] == Kind.Json ? Kind.Text : kinds[i];
                command.Parameters.Add(new NpgsqlParameter(string.Create(CultureInfo.InvariantCulture, $"p{i}"), NpgsqlDbType.Array | PostgresValues.TypeOf(kind))
                {
                    Value = PostgresValues.ArrayOf(kind, [.. batch.Select(row => Values.Normal(column.Value(row)))]),
                });
            }

            count += Math.Max(0, await command.ExecuteNonQueryAsync(cancellationToken));
        }

        return count;
    }
}
