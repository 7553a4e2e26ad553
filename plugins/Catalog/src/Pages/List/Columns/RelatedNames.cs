using System.Text.Json;
using Stagedoor.Catalog.Index;
using Stagedoor.Catalog.Pages.List.Asking;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.List.Columns;

/// <summary>What related entities are called, each looked up once for a page and without reading more of it than its title.</summary>
internal sealed class RelatedNames(VisibleCatalog visible)
{
    private readonly Dictionary<EntityRef, RelatedName> _names = [];

    public RelatedName Of(EntityRef entity)
    {
        if (!_names.TryGetValue(entity, out var name))
        {
            var found = visible.Find(entity.Kind, entity.Namespace, entity.Name);
            var text = found is { } seen && TitleOf(seen.Head) is { Length: > 0 } title ? title : Shown.Name(entity);
            _names[entity] = name = new RelatedName(entity, text, found is null && visible.SeesAll);
        }

        return name;
    }

    /// <summary>Groups and people are known by their names; what they are called besides is on their pages.</summary>
    public RelatedName Plainly(EntityRef entity) => Of(entity) with { Text = Shown.Name(entity) };

    /// <summary>A value of a facet, as the column beside it shows it.</summary>
    public string Of(ListFacet facet, string value) => facet.OnlyKind is not null && EntityRef.TryParse(value, provider: null, out var reference) ? Of(reference).Text : facet.Shown(value);

    /// <param name="head">An entity up to its relations, which is why it ends in the middle.</param>
    private static string? TitleOf(ReadOnlySpan<byte> head)
    {
        var reader = new Utf8JsonReader(head, isFinalBlock: false, state: default);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
            {
                continue;
            }

            var isMetadata = reader.ValueTextEquals("metadata"u8);
            if (!reader.Read())
            {
                return null;
            }

            if (!isMetadata)
            {
                if (!reader.TrySkip())
                {
                    return null;
                }

                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isTitle = reader.ValueTextEquals("title"u8);
                if (!reader.Read())
                {
                    return null;
                }

                if (isTitle)
                {
                    return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }

                if (!reader.TrySkip())
                {
                    return null;
                }
            }

            return null;
        }

        return null;
    }
}

/// <param name="IsMissing">Nobody declares it. Only whoever sees everything is told so.</param>
internal sealed record RelatedName(EntityRef Ref, string Text, bool IsMissing);
