using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Stagedoor.Catalog.Index;
using Stagedoor.Catalog.Pages.List.Asking;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.List.Columns;

/// <summary>What related entities are called, each looked up once for a page: groups and people in the directory, others without reading more than their title.</summary>
internal sealed class RelatedNames(VisibleCatalog visible, IDirectory directory)
{
    private readonly Dictionary<EntityRef, RelatedName> _names = [];

    public RelatedName Of(EntityRef entity)
    {
        if (!_names.TryGetValue(entity, out var name))
        {
            var found = visible.Find(entity.Kind, entity.Namespace, entity.Name);
            var title = found is not { } seen ? null : entity.Kind.ToLowerInvariant() switch
            {
                // The directory comes a moment after the catalog.
                "group" => directory.FindGroup(entity)?.Name ?? new Entity(seen.Json()).Title,
                "user" => directory.FindPerson(entity)?.Name ?? new Entity(seen.Json()).Title,
                _ => TitleOf(seen.Head),
            };
            _names[entity] = name = new RelatedName(entity, HasText(title) && title != entity.Name ? title : Shown.Name(entity), found is null && visible.SeesAll);
        }

        return name;
    }

    /// <summary>A value of a facet, as the column beside it shows it.</summary>
    public string Of(ListFacet facet, string value) => facet.IsReference && EntityRef.TryParse(value, provider: null, out var reference) ? Of(reference).Text : value;

    private static bool HasText([NotNullWhen(true)] string? title) => !string.IsNullOrWhiteSpace(title);

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
