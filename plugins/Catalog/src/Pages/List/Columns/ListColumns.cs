using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stagedoor.Catalog.Index.Queries;
using Stagedoor.Catalog.Pages.List.Asking;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.List.Columns;

/// <summary>Which columns there are, which are usual for a kind, and which a person has chosen.</summary>
internal sealed class ListColumns(IOptions<CatalogOptions> options, IPersonalSettings settings, ILogger<ListColumns> log)
{
    private static readonly IReadOnlyList<ListColumn> Known =
    [
        new("name", "Name", CellForm.Name, "metadata.name") { Sort = TitleColumn.Path },
        new("kind", "Kind", CellForm.Text, "kind") { Sort = "kind", IsBrief = true },
        new("type", "Type", CellForm.Text, "spec.type") { Sort = "spec.type", Wide = true },
        new("domain", "Domain", CellForm.Domain, "partOf") { OnlyKind = "domain", Wide = true },
        new("system", "System", CellForm.References, "partOf") { OnlyKind = "system" },
        new("owner", "Owner", CellForm.References, "ownedBy") { Sort = "relations.ownedBy", IsBrief = true },
        new("lifecycle", "Lifecycle", CellForm.Lifecycle, "spec.lifecycle") { Sort = "spec.lifecycle", IsBrief = true },
        new("tags", "Tags", CellForm.Tags, "metadata.tags") { Wide = true },
        new("namespace", "Namespace", CellForm.Text, "metadata.namespace") { Sort = "metadata.namespace" },
        new("description", "Description", CellForm.Text, "metadata.description"),
        new("parent", "Parent", CellForm.References, "childOf") { Sort = "relations.childOf", IsBrief = true },
        new("groups", "Groups", CellForm.References, "memberOf") { IsBrief = true },
        new("email", "Mail", CellForm.Mail, "spec.profile.email") { Sort = "spec.profile.email" },
        new("target", "Target", CellForm.Text, "spec.target") { Sort = "spec.target" },
        new("changed", "Changed", CellForm.Changed, "") { Wide = true },
    ];

    public static ListColumn Name => Known[0];

    /// <summary>Tells at start what of the configuration lists cannot show; they leave it out.</summary>
    public void Check(CatalogModel model)
    {
        var listed = model.Fields.Where(field => field.Filter || field.Column).ToList();
        foreach (var (index, field) in listed.Index())
        {
            if (listed.Take(index).FirstOrDefault(other => HaveOneName(other, field)) is { } first)
            {
                log.LogWarning(
                    "catalog.fields has {First} and {Second}, which both go by the name {Name} in the list; it shows only the first. Give one of them another last part.", first.Path, field.Path, ListFacet.KeyOf(field));
            }
        }

        foreach (var list in options.Value.Lists)
        {
            if (!CanKeep(model, list.Kind.ToLowerInvariant()))
            {
                log.LogWarning("catalog.lists names the kind {Kind}, which the catalog does not know.", list.Kind);
            }

            var fields = model.Fields.Select(OfField).ToList();
            foreach (var column in list.Columns.Where(column => Find(column, fields) is null))
            {
                log.LogWarning("catalog.lists names the column {Column} for {Kind}. It is no column, no field and no path such as metadata.labels.team, and is left out.", column, list.Kind);
            }
        }
    }

    /// <summary>What can be chosen from, in the order in which a table has it.</summary>
    public static IReadOnlyList<ListColumn> Offered(CatalogModel model, string kind)
    {
        string[] keys = kind switch
        {
            "user" => ["name", "email", "groups", "tags", "namespace", "description", "changed"],
            "group" => ["name", "type", "parent", "tags", "namespace", "description", "changed"],
            "location" => ["name", "type", "target", "namespace", "description", "changed"],
            ListQuery.EveryKind => ["name", "kind", "type", "domain", "system", "owner", "lifecycle", "tags", "namespace", "description", "changed"],
            "domain" => ["name", "type", "domain", "owner", "tags", "namespace", "description", "changed"],
            "system" => ["name", "type", "domain", "owner", "lifecycle", "tags", "namespace", "description", "changed"],
            _ => ["name", "type", "domain", "system", "owner", "lifecycle", "tags", "namespace", "description", "changed"],
        };
        var fields = ListFacet.FieldsOf(model, kind).Where(field => field.Column).Select(OfField).DistinctBy(column => column.Key, StringComparer.OrdinalIgnoreCase);
        return [Name, .. fields, .. keys.Skip(1).Select(key => Known.First(column => column.Key == key))];
    }

    /// <summary>The columns of a kind, unless somebody chooses others.</summary>
    public IReadOnlyList<ListColumn> Usual(CatalogModel model, string kind)
    {
        if (options.Value.Lists.FirstOrDefault(list => string.Equals(list.Kind, kind, StringComparison.OrdinalIgnoreCase)) is { Columns.Count: > 0 } configured)
        {
            return Of(configured.Columns, model, kind);
        }

        string[] keys = kind switch
        {
            "user" => ["email", "groups"],
            "group" => ["type", "parent", "description"],
            "location" => ["type", "target"],
            "domain" => ["owner", "changed"],
            "system" => ["domain", "owner", "changed"],
            "template" => ["type", "owner", "tags", "changed"],
            "component" => ["domain", "owner", "lifecycle", "changed"],
            "api" or "resource" or "airesource" => ["type", "system", "owner", "lifecycle", "changed"],
            ListQuery.EveryKind => ["kind", "type", "owner", "lifecycle", "changed"],
            _ => ["type", "owner", "changed"],
        };

        // Among all kinds most entities would have nothing in a column of the company's own.
        var fields = kind == ListQuery.EveryKind ? [] : Offered(model, kind).Where(column => column.Key.Contains('.', StringComparison.Ordinal) || IsField(model, kind, column));
        return [Name, .. fields, .. keys.Select(key => Known.First(column => column.Key == key))];
    }

    /// <summary>The columns to show: those of the address, or those that the person keeps for the kind, or the usual ones.</summary>
    public async Task<ChosenColumns> For(ListQuery query, CatalogModel model, Caller caller, CancellationToken cancellationToken)
    {
        var kept = caller.IsReader && CanKeep(model, query.Kind) ? await settings.Get<IReadOnlyList<string>>(caller.Ref, SettingOf(query.Kind), cancellationToken) : null;
        return new ChosenColumns(query.Columns is null && kept is { Count: > 0 } ? Of(kept, model, query.Kind) : WithoutKept(query, model), kept is { Count: > 0 });
    }

    /// <summary>The columns to show where what a person keeps does not matter, or cannot be asked for.</summary>
    public IReadOnlyList<ListColumn> WithoutKept(ListQuery query, CatalogModel model) => query.Columns is { } named ? Of(named, model, query.Kind) : Usual(model, query.Kind);

    public static bool CanKeep(CatalogModel model, string kind) => kind == ListQuery.EveryKind || model.Kind(kind) is not null;

    /// <summary>Keeps a choice for a person; none takes it back.</summary>
    public Task Keep(EntityRef person, string kind, IReadOnlyList<string> columns, CancellationToken cancellationToken) => columns.Count == 0
        ? settings.Remove(person, SettingOf(kind), cancellationToken)
        : settings.Set(person, SettingOf(kind), columns, cancellationToken);

    /// <summary>The columns of some keys: those that are known, fields, and paths. The name always comes first.</summary>
    public static IReadOnlyList<ListColumn> Of(IEnumerable<string> keys, CatalogModel model, string kind)
    {
        var fields = ListFacet.FieldsOf(model, kind).Select(OfField).ToList();
        return
        [
            Name,
            .. keys.Select(key => Find(key, fields)).OfType<ListColumn>().Where(column => column.Key != Name.Key).DistinctBy(column => column.Key, StringComparer.OrdinalIgnoreCase).Take(ListAddress.MostColumns),
        ];
    }

    /// <summary>The path that a list is sorted by.</summary>
    public static string Sorting(string key, CatalogModel model, string kind) =>
        (Find(key, [.. ListFacet.FieldsOf(model, kind).Select(OfField)]) ?? Name).Sort ?? TitleColumn.Path;

    private static ListColumn? Find(string key, IReadOnlyList<ListColumn> fields) =>
        Known.FirstOrDefault(column => string.Equals(column.Key, key, StringComparison.OrdinalIgnoreCase))
        ?? fields.FirstOrDefault(column => string.Equals(column.Key, key, StringComparison.OrdinalIgnoreCase) || string.Equals(column.Path, key, StringComparison.OrdinalIgnoreCase))
        ?? (IsPath(key) ? new ListColumn(key, TitleOf(key), CellForm.Text, key) { Sort = key } : null);

    /// <summary>Whether it may be a path of its own, such as <c>metadata.labels.team</c>.</summary>
    public static bool IsPath(string key) =>
        key.Length <= ListAddress.LongestValue && (key.StartsWith("metadata.", StringComparison.OrdinalIgnoreCase) || key.StartsWith("spec.", StringComparison.OrdinalIgnoreCase)) && !key.EndsWith('.');

    private static bool IsField(CatalogModel model, string kind, ListColumn column) =>
        ListFacet.FieldsOf(model, kind).Any(field => field.Column && string.Equals(ListFacet.KeyOf(field), column.Key, StringComparison.OrdinalIgnoreCase));

    private static ListColumn OfField(EntityField field) => field.Relation is { } relation
        ? new ListColumn(ListFacet.KeyOf(field), field.Title, CellForm.References, relation.Type) { Sort = $"relations.{relation.Type}" }
        : new ListColumn(ListFacet.KeyOf(field), field.Title, CellForm.Text, field.Path) { Sort = field.Path };

    // Of the same kind, or of every kind.
    private static bool HaveOneName(EntityField one, EntityField other) =>
        string.Equals(ListFacet.KeyOf(one), ListFacet.KeyOf(other), StringComparison.OrdinalIgnoreCase)
        && (one.Kinds.Count == 0 || other.Kinds.Count == 0 || one.Kinds.Intersect(other.Kinds, StringComparer.OrdinalIgnoreCase).Any());

    private static string TitleOf(string path) =>
        path.StartsWith("metadata.labels.", StringComparison.OrdinalIgnoreCase) || path.StartsWith("metadata.annotations.", StringComparison.OrdinalIgnoreCase)
            ? path[(path.IndexOf('.', 9) + 1)..]
            : path[(path.LastIndexOf('.') + 1)..];

    private static string SettingOf(string kind) => $"catalog.columns.{kind}";
}

/// <param name="AreKept">The person has chosen columns for this kind.</param>
internal sealed record ChosenColumns(IReadOnlyList<ListColumn> Columns, bool AreKept)
{
    public ImmutableArray<string> Keys => [.. Columns.Select(column => column.Key)];
}
