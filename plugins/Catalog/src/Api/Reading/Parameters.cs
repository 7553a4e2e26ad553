using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Stagedoor.Catalog.Api.Reading;

/// <summary>Query parameters, strictly: one that a route does not know is a mistake, not something to overlook.</summary>
internal sealed class Parameters
{
    private readonly IQueryCollection _query;

    public Parameters(HttpContext context, FrozenSet<string> known)
    {
        _query = context.Request.Query;
        foreach (var (name, _) in _query)
        {
            if (!known.Contains(name))
            {
                throw ApiFault.Input(known.Count == 0
                    ? $"Unknown query parameter '{name}'. This route has none."
                    : $"Unknown query parameter '{name}'. This route knows {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
            }
        }
    }

    public static FrozenSet<string> Known(params IEnumerable<string> names) => names.ToFrozenSet(StringComparer.Ordinal);

    public static void RefuseAll(HttpContext context)
    {
        if (context.Request.QueryString.HasValue)
        {
            _ = new Parameters(context, FrozenSet<string>.Empty);
        }
    }

    public StringValues All(string name) => _query[name];

    /// <summary>Nothing, if it is not there.</summary>
    public string? One(string name)
    {
        var values = _query[name];
        return values.Count switch
        {
            0 => null,
            1 => values[0],
            _ => throw ApiFault.Input($"The query parameter '{name}' may be given only once."),
        };
    }

    public int? Number(string name)
    {
        var text = One(name);
        if (text is null)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiFault.Input($"The query parameter '{name}' must be a whole number, not '{text}'.");
    }

    /// <summary>A list with commas, or the parameter several times; nothing if it is not there.</summary>
    public string[]? List(string name)
    {
        var values = _query[name];
        return values.Count == 0 ? null : [.. values.SelectMany(value => (value ?? "").Split(','))];
    }
}
