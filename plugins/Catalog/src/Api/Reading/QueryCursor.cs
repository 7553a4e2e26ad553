using System.Text;
using System.Text.Json;
using Stagedoor.Catalog.Index.Queries;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.Reading;

/// <summary>
/// Where a list goes on: the question, and the place in its order. Base64 of JSON in Backstage's shape, for its client looks
/// into it to choose between GET and POST. It says nothing of what the caller may see: that is asked anew each time.
/// </summary>
internal sealed record QueryCursor
{
    private const int MostBytes = RequestBody.Most;

    public Predicate Predicate { get; init; } = Predicate.None;

    public IReadOnlyList<OrderField> OrderFields { get; init; } = [];

    public string? Term { get; init; }

    public IReadOnlyList<string>? TextFields { get; init; }

    public Position? Place { get; init; }

    public Position? First { get; init; }

    /// <summary>There has been a page before.</summary>
    public bool IsLater { get; init; }

    public bool IsPrevious { get; init; }

    public double? TotalItems { get; init; }

    public string Encode()
    {
        using var stream = new MemoryStream(512);
        using (var writer = new Utf8JsonWriter(stream, BackstageErrors.Writing))
        {
            writer.WriteStartObject();
            if (Predicate.Json is { } query)
            {
                writer.WritePropertyName("query");
                writer.WriteRawValue(query, skipInputValidation: true);
            }

            writer.WriteStartArray("orderFields");
            foreach (var (field, descending) in OrderFields)
            {
                writer.WriteStartObject();
                writer.WriteString("field", field);
                writer.WriteString("order", descending ? "desc" : "asc");
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            if (Term is not null)
            {
                writer.WriteStartObject("fullTextFilter");
                writer.WriteString("term", Term);
                if (TextFields is not null)
                {
                    writer.WriteStartArray("fields");
                    foreach (var field in TextFields)
                    {
                        writer.WriteStringValue(field);
                    }

                    writer.WriteEndArray();
                }

                writer.WriteEndObject();
            }

            Write(writer, "orderFieldValues", Place);
            Write(writer, "firstSortFieldValues", First);
            writer.WriteBoolean("isPrevious", IsPrevious);
            if (TotalItems is { } total)
            {
                writer.WriteNumber("totalItems", total);
            }

            writer.WriteEndObject();
        }

        return Convert.ToBase64String(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <exception cref="ApiFault">It is not a cursor of ours, or of Backstage's.</exception>
    public static QueryCursor Decode(string text)
    {
        if (text.Length > MostBytes * 4 / 3)
        {
            throw Malformed("it is too long");
        }

        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(Padded(text), bytes, out var length))
        {
            throw Malformed("it is not base64");
        }

        try
        {
            using var document = JsonTexts.Parse(bytes.AsMemory(0, length));
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            throw Malformed("it is not JSON");
        }
    }

    private static QueryCursor Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("orderFields", out var orders) || orders.ValueKind != JsonValueKind.Array
            || !root.TryGetProperty("orderFieldValues", out var place)
            || !root.TryGetProperty("isPrevious", out var previous) || previous.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            throw Malformed("something is missing in it");
        }

        var fields = orders.EnumerateArray().Select(ReadOrder).ToList();
        var first = default(JsonElement);
        var isLater = root.TryGetProperty("firstSortFieldValues", out first);
        var cursor = new QueryCursor
        {
            OrderFields = fields,
            Place = ReadPlace(place, fields.Count > 0),
            First = isLater ? ReadPlace(first, fields.Count > 0) : null,
            IsLater = isLater,
            IsPrevious = previous.GetBoolean(),
            TotalItems = root.TryGetProperty("totalItems", out var total) ? ReadNumber(total) : null,
            Predicate = ReadPredicate(root),
        };
        if (!root.TryGetProperty("fullTextFilter", out var text))
        {
            return cursor;
        }

        return cursor with
        {
            Term = text.ValueKind == JsonValueKind.Object && text.TryGetProperty("term", out var term) && term.ValueKind == JsonValueKind.String
                ? term.GetString() : throw Malformed("its text filter has no term"),
            TextFields = text.TryGetProperty("fields", out var list) ? ReadTexts(list) : null,
        };
    }

    private static Predicate ReadPredicate(JsonElement root)
    {
        try
        {
            var query = root.TryGetProperty("query", out var asked) ? Predicate.Of(asked) : Predicate.None;
            return root.TryGetProperty("filter", out var filter)
                ? new Predicate(OldFilter.Json(filter, query.Json), new EntityFilter.AllOf(OldFilter.Read(filter), query.Filter))
                : query;
        }
        catch (ApiFault fault)
        {
            throw Malformed(fault.Message);
        }
    }

    private static OrderField ReadOrder(JsonElement order) =>
        order.ValueKind == JsonValueKind.Object
        && order.TryGetProperty("field", out var field) && field.ValueKind == JsonValueKind.String
        && order.TryGetProperty("order", out var direction) && direction.ValueKind == JsonValueKind.String && direction.GetString() is "asc" or "desc"
            ? new OrderField(field.GetString()!, order.GetProperty("order").GetString() == "desc")
            : throw Malformed("its order is none");

    private static Position? ReadPlace(JsonElement place, bool hasValue)
    {
        if (place.ValueKind != JsonValueKind.Array || place.EnumerateArray().Any(part => part.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)))
        {
            throw Malformed("its place is none");
        }

        var texts = place.EnumerateArray().Select(part => part.GetString()).ToList();
        if (texts.Count != (hasValue ? 2 : 1) || texts.Contains(null))
        {
            return null;
        }

        return new Position(hasValue ? Encoding.UTF8.GetBytes(texts[0]!) : null, Encoding.UTF8.GetBytes(texts[^1]!));
    }

    private static double ReadNumber(JsonElement number) =>
        number.ValueKind == JsonValueKind.Number && number.TryGetDouble(out var value) && double.IsFinite(value) ? value : throw Malformed("its count is no number");

    private static List<string> ReadTexts(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
            : throw Malformed("its text filter has no list of fields");

    private static void Write(Utf8JsonWriter writer, string name, Position? place)
    {
        writer.WriteStartArray(name);
        if (place is not null)
        {
            if (place.Value is not null)
            {
                writer.WriteStringValue(place.Value);
            }

            writer.WriteStringValue(place.Ref);
        }

        writer.WriteEndArray();
    }

    private static string Padded(string text) => text.Replace('-', '+').Replace('_', '/').TrimEnd('=') is var bare && bare.Length % 4 == 0 ? bare : bare.PadRight(bare.Length + 4 - (bare.Length % 4), '=');

    private static ApiFault Malformed(string why) => ApiFault.Input($"Malformed cursor: {why}. Take it from the answer before, or begin again without one.");
}

internal readonly record struct OrderField(string Field, bool Descending);
