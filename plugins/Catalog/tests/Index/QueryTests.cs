using System.Text.Json.Nodes;
using Stagedoor.Catalog.Index;
using Stagedoor.Catalog.Index.Queries;
using Stagedoor.Catalog.Model;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Tests.Index;

public sealed class QueryTests
{
    private static readonly string[] Paths =
    [
        "kind", "Metadata.Name", "metadata.namespace", "metadata.title", "metadata.tags", "metadata.tags.shop", "metadata.tags.Ünïcode", "metadata.tags.TRUE", "spec.type",
        "spec.lifecycle", "spec.count", "spec.links", "spec.links.url", "spec.links.shop", "spec.links.nested", "spec.links.nested.deep", "spec.links.nested.shop", "spec.mixed", "spec.mixed.shop",
        "spec.definition", "metadata.annotations.example.com/path.with.dots", "metadata.annotations.example.com/a3", "relations.ownedBy", "relations.KNOWS",
        "metadata.uid", "metadata.etag", "status", "relations", "nothing.here",
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    public async Task Filters_orders_pages_and_facets_are_what_one_finds_by_looking_at_each_entity(int seed)
    {
        var random = new RandomEntities(seed);
        var (index, rows) = await Grown(random);
        var snapshot = index.Current;
        for (var i = 0; i < 400; i++)
        {
            var filter = Filter(random, 3);
            var expected = rows.Where(entity => Matches(entity.Key, entity.Value, filter)).Select(entity => entity.Key).ToList();
            var matches = snapshot.Answers.Matching(filter);
            Refs(Paging.Take(snapshot, matches, new PageQuery(null, false, 0, int.MaxValue))).ShouldBe(expected, FilterText.Of(filter));
            matches.Total.ShouldBe(expected.Count);

            var path = random.Pick(Paths);
            var facet = snapshot.Answers.Facet(path, filter).Select(value => (value.Value, value.Count)).ToList();
            facet.ShouldBe(
                expected.SelectMany(entity => rows[entity]).Where(row => Is(row.Path, path) && row.Value is not null)
                    .GroupBy(row => row.Value!, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, (long)group.Count())).ToList(),
                path + " " + FilterText.Of(filter));

            Ordered(random, snapshot, matches, rows, expected, path.ToLowerInvariant());
        }
    }

    [Fact]
    public async Task Within_a_domain_is_what_its_systems_consist_of_wherever_they_are_in_the_index()
    {
        static StoredEntity Part(string kind, string name, string whole) => CatalogIndexTests.Stored(
            $"{kind.ToLowerInvariant()}:default/{name}", $$"""{"kind":"{{kind}}","metadata":{"name":"{{name}}"} }""", [new("partOf", "hasPart", EntityRef.Parse(whole))]);
        var index = await CatalogIndexTests.Loaded([CatalogIndexTests.Stored("domain:default/sea", """{"kind":"Domain","metadata":{"name":"sea"} }""", []), Part("Component", "sail", "system:default/fleet")]);
        index.Apply([Part("System", "fleet", "domain:default/sea"), Part("Component", "buoy", "domain:default/sea"), Part("Component", "car", "system:default/road")], [], 2);
        var within = new EntityFilter.AllOf(EntityFilter.OfKind("component"), new EntityFilter.Within(EntityRef.Parse("domain:default/sea")));
        var without = new EntityFilter.Not(EntityFilter.OfKind("domain"));
        long Total(EntityFilter scope, EntityFilter filter) => new VisibleCatalog(index.Current, scope).Matching(filter).Total;

        Total(EntityFilter.Everything, within).ShouldBe(2);
        Total(EntityFilter.Everything, new EntityFilter.Not(within)).ShouldBe(3);
        Total(within, EntityFilter.Everything).ShouldBe(2);
        Total(without, within).ShouldBe(1, "who does not see the domain learns nothing of its systems");
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    public async Task Facets_and_their_most_frequent_values_count_among_what_a_text_finds(int seed)
    {
        var random = new RandomEntities(seed);
        var (index, rows) = await Grown(random);
        for (var i = 0; i < 300; i++)
        {
            var filter = Filter(random, 2);
            var word = random.Word();
            var term = random.Chance(3) ? "" : word[..(1 + random.Next(word.Length))];
            string[] fields = [random.Pick(Paths), "metadata.name"];
            var path = random.Pick(Paths);
            var most = 1 + random.Next(4);
            var prefix = random.Chance(2) ? "" : Value(random).ToLowerInvariant()[..1];

            var among = rows.Where(entity => Matches(entity.Key, entity.Value, filter) && (term.Length == 0 || entity.Value.Exists(row =>
                fields.Contains(row.Path, StringComparer.OrdinalIgnoreCase) && row.Value?.Contains(term, StringComparison.InvariantCultureIgnoreCase) == true))).ToList();
            var values = among.SelectMany(entity => entity.Value).Where(row => Is(row.Path, path) && row.Value is not null).Select(row => row.Value!).ToList();
            var question = $"{path} of {FilterText.Of(filter)} with '{term}' in {string.Join(", ", fields)}";
            index.Current.Answers.Facet(path, filter, term, fields).Select(value => (value.Value, value.Count)).ShouldBe(
                values.GroupBy(value => value, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, (long)group.Count())), question);

            var top = index.Current.Answers.Top(path, prefix, filter, term, fields, most);
            var expected = values.Select(value => value.ToLowerInvariant()).Where(value => value.StartsWith(prefix, StringComparison.Ordinal))
                .GroupBy(value => value, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ThenBy(group => Utf8Key(group.Key), StringComparer.Ordinal).ToList();
            top.Values.Select(value => (value.Value.ToLowerInvariant(), value.Count)).ShouldBe(expected.Take(most).Select(group => (group.Key, (long)group.Count())), $"the top {most} beginning with '{prefix}': {question}");
            top.Different.ShouldBe(expected.Count, question);
        }
    }

    [Theory]
    [InlineData(41)]
    [InlineData(42)]
    public async Task A_list_by_title_is_in_the_order_of_what_people_read(int seed)
    {
        var random = new RandomEntities(seed);
        var (index, rows) = await Grown(random);
        var snapshot = index.Current;

        var page = Paging.Take(snapshot, snapshot.Answers.Matching(EntityFilter.Everything), new PageQuery(TitleColumn.Path, false, 0, int.MaxValue));

        Refs(page).ShouldBe(rows.OrderBy(entity => Utf8Key(Title(entity.Value)), StringComparer.Ordinal).ThenBy(entity => entity.Key, StringComparer.Ordinal).Select(entity => entity.Key));

        static string Title(List<(string Path, string? Value)> entity) =>
            (entity.Find(row => row.Path == "metadata.title" && !string.IsNullOrEmpty(row.Value)).Value ?? entity.Find(row => row.Path == "metadata.name").Value!).ToLowerInvariant();
    }

    [Fact]
    public async Task What_is_in_a_system_counts_in_the_domain_of_the_system()
    {
        var index = await CatalogIndexTests.Loaded(
            In("domain", "sea"), In("system", "fleet", "domain:default/sea"), In("system", "lost", "domain:default/nowhere"), In("component", "sail", "system:default/fleet"),
            In("component", "mast", "system:default/fleet", "component:default/sail"), In("component", "raft", "system:default/lost"));

        var domains = index.Current.Answers.Domains(EntityFilter.OfKind("component"), null, []);

        domains.Values.ShouldHaveSingleItem().ShouldBe(new FacetValue("domain:default/sea", 2));
        index.Current.Answers.OfSystems.In("domain:default/sea").ShouldBe(["system:default/fleet"]);
        index.Current.Answers.OfSystems.Of("system:default/lost").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_in_a_domain_in_several_ways_counts_once()
    {
        var index = await CatalogIndexTests.Loaded(
            In("domain", "sea"), In("system", "fleet", "domain:default/sea"), In("system", "docks", "domain:default/sea"),
            In("component", "sail", "system:default/fleet", "domain:default/sea"), In("component", "rope", "system:default/fleet", "system:default/docks"), In("component", "gull", "domain:default/sea"));

        index.Current.Answers.Domains(EntityFilter.OfKind("component"), null, []).Values.ShouldHaveSingleItem().ShouldBe(new FacetValue("domain:default/sea", 3));
    }

    private static StoredEntity In(string kind, string name, params string[] wholes) => CatalogIndexTests.Stored(
        $"{kind}:default/{name}", $$"""{"kind":"{{kind}}","metadata":{"name":"{{name}}"} }""", [.. wholes.Select(whole => new DerivedRelation("partOf", "hasPart", EntityRef.Parse(whole)))]);

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public async Task A_text_is_found_wherever_it_stands_in_a_value_and_nowhere_across_two(int seed)
    {
        var random = new RandomEntities(seed);
        var (index, rows) = await Grown(random);
        for (var i = 0; i < 300; i++)
        {
            var word = random.Word();
            var from = random.Next(word.Length);
            var term = word.Substring(from, 1 + random.Next(word.Length - from)).ToUpperInvariant();
            string[] fields = [random.Pick(Paths), random.Pick(Paths)];
            var expected = rows.Where(entity => entity.Value.Exists(row =>
                fields.Contains(row.Path, StringComparer.OrdinalIgnoreCase) && row.Value?.Contains(term, StringComparison.InvariantCultureIgnoreCase) == true));

            var snapshot = index.Current;
            Refs(Paging.Take(snapshot, snapshot.Answers.Matching(EntityFilter.Everything, $" {term} ", fields), new PageQuery(null, false, 0, 1000)))
                .ShouldBe(expected.Select(entity => entity.Key), $"{term} in {string.Join(", ", fields)}");
        }
    }

    [Fact]
    public async Task A_long_column_is_searched_by_its_trigrams_with_the_same_answer()
    {
        var entities = Enumerable.Range(0, 9000).Select(i => CatalogIndexTests.Stored(
            $"component:default/thing-{i:0000}", $$"""{"kind":"Component","metadata":{"name":"thing-{{i:0000}}","title":"Number {{i * 7919 % 9973}}"} }""", [])).ToArray();
        var index = await CatalogIndexTests.Loaded(entities);
        foreach (var term in new[] { "ing-00", "7", "number 99", "Ber 123", "nothing", "g-" })
        {
            var expected = Enumerable.Range(0, 9000).Count(i =>
                $"thing-{i:0000}".Contains(term, StringComparison.OrdinalIgnoreCase) || $"number {i * 7919 % 9973}".Contains(term, StringComparison.OrdinalIgnoreCase));
            index.Current.Answers.Matching(EntityFilter.Everything, term, ["metadata.name", "metadata.title"]).Total.ShouldBe(expected, term);
        }
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.0", "1")]
    [InlineData("-0", "0")]
    [InlineData("1e3", "1000")]
    [InlineData("123.456", "123.456")]
    [InlineData("1e21", "1e+21")]
    [InlineData("1.5e300", "1.5e+300")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("1e-7", "1e-7")]
    [InlineData("12345678901234567890", "12345678901234567000")]
    [InlineData("0.1", "0.1")]
    [InlineData("-42.50", "-42.5")]
    public async Task A_number_is_compared_as_javascript_writes_it(string written, string compared)
    {
        var index = await CatalogIndexTests.Loaded(CatalogIndexTests.Stored("component:default/shop", $$"""{"kind":"Component","metadata":{"name":"shop"},"spec":{"n":{{written}} } }""", []));

        index.Current.Answers.Facet("spec.n", EntityFilter.Everything).ShouldHaveSingleItem().Value.ShouldBe(compared);
    }

    private static void Ordered(
        RandomEntities random, Snapshot snapshot, Matches matches, SortedDictionary<string, List<(string Path, string? Value)>> rows, List<string> among, string path)
    {
        var descending = random.Chance(2);
        var valued = among.Select(entity => (Ref: entity, Values: rows[entity].Where(row => row.Path == path && row.Value is not null).Select(row => row.Value!.ToLowerInvariant()).ToList()))
            .Where(entity => entity.Values.Count > 0)
            .Select(entity => (entity.Ref, Value: descending ? entity.Values.MaxBy(Utf8Key)! : entity.Values.MinBy(Utf8Key)!));
        var expected = (descending ? valued.OrderByDescending(entity => Utf8Key(entity.Value)) : valued.OrderBy(entity => Utf8Key(entity.Value)))
            .ThenBy(entity => entity.Ref, StringComparer.Ordinal).ToList();
        var with = snapshot.Answers.WithValue(matches, path);
        with.Total.ShouldBe(expected.Count);
        var all = new PageQuery(path, descending, 0, int.MaxValue);
        Refs(Paging.Take(snapshot, with, all)).ShouldBe(expected.Select(entity => entity.Ref), path);

        var (offset, limit) = (random.Next(10), random.Next(10));
        Refs(Paging.Take(snapshot, with, all with { Offset = offset, Limit = limit })).ShouldBe(expected.Skip(offset).Take(limit).Select(entity => entity.Ref));
        if (expected.Count == 0)
        {
            return;
        }

        var place = random.Next(expected.Count);
        var from = new Position(System.Text.Encoding.UTF8.GetBytes(expected[place].Value), System.Text.Encoding.UTF8.GetBytes(expected[place].Ref));
        Refs(Paging.Take(snapshot, with, all with { From = from, Limit = limit })).ShouldBe(expected.Skip(place + 1).Take(limit).Select(entity => entity.Ref));
        Refs(Paging.Take(snapshot, with, all with { From = from, Limit = limit, Backwards = true }))
            .ShouldBe(expected.Take(place).TakeLast(limit).Select(entity => entity.Ref), $"{path} before {place} {descending}");
        Refs(SeveralOrders.Sort(snapshot, with, [(path, descending)])).ShouldBe(expected.Select(entity => entity.Ref));
    }

    private static string Utf8Key(string text) => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>An index that has been loaded and changed, with the rows of its entities.</summary>
    private static async Task<(CatalogIndex Index, SortedDictionary<string, List<(string Path, string? Value)>> Rows)> Grown(RandomEntities random)
    {
        var naive = new NaiveCatalog();
        for (var i = 0; i < 80; i++)
        {
            naive.Put(random.Entity());
        }

        var index = new CatalogIndex();
        await index.Load(CatalogIndexTests.Rows([.. naive.Stored]), 0, Cancelled);
        for (var step = 1; step <= 12; step++)
        {
            var (changed, gone) = (random.Entity(), random.Ref());
            naive.Remove(gone);
            naive.Put(changed);
            index.Apply([changed], [gone], step);
        }

        var rows = new SortedDictionary<string, List<(string Path, string? Value)>>(StringComparer.Ordinal);
        foreach (var (reference, entity) in naive.Entities())
        {
            rows[reference] = NaiveCatalog.Rows(JsonNode.Parse(entity.ToJsonString())!.AsObject());
        }

        return (index, rows);
    }

    private static EntityFilter Filter(RandomEntities random, int depth) => random.Next(depth > 0 ? 8 : 5) switch
    {
        0 => new EntityFilter.Has(random.Pick(Paths), Value(random)),
        1 => new EntityFilter.Has(random.Pick(Paths), Value(random), Value(random), Value(random)),
        2 => new EntityFilter.Exists(random.Pick(Paths)),
        3 => new EntityFilter.StartsWith(random.Pick(Paths), Value(random) is var value ? value[..random.Next(value.Length + 1)] : ""),
        4 => new EntityFilter.Among([.. Enumerable.Range(0, random.Next(6)).Select(_ => random.Ref())]),
        5 => new EntityFilter.Not(Filter(random, depth - 1)),
        6 => new EntityFilter.AllOf([.. Enumerable.Range(0, random.Next(4)).Select(_ => Filter(random, depth - 1))]),
        _ => new EntityFilter.AnyOf([.. Enumerable.Range(0, random.Next(4)).Select(_ => Filter(random, depth - 1))]),
    };

    private static string Value(RandomEntities random) => random.Next(6) switch
    {
        0 => "component",
        1 => random.Ref().ToString(),
        2 => "true",
        3 => "DEFAULT",
        4 => $"thing-{random.Next(40)}",
        _ => random.Word().ToUpperInvariant(),
    };

    private static bool Matches(string reference, List<(string Path, string? Value)> rows, EntityFilter filter) => filter switch
    {
        EntityFilter.Has has => rows.Exists(row => Is(row.Path, has.Path) && row.Value is not null && has.Values.Any(value => Is(row.Value, value))),
        EntityFilter.Exists exists => rows.Exists(row => Is(row.Path, exists.Path)),
        EntityFilter.StartsWith starts => rows.Exists(row => Is(row.Path, starts.Path) && row.Value?.ToLowerInvariant().StartsWith(starts.Prefix.ToLowerInvariant(), StringComparison.Ordinal) == true),
        EntityFilter.Among among => among.Entities.Contains(EntityRef.Parse(reference)),
        EntityFilter.Not not => !Matches(reference, rows, not.Filter),
        EntityFilter.AllOf all => all.Filters.All(part => Matches(reference, rows, part)),
        EntityFilter.AnyOf any => any.Filters.Any(part => Matches(reference, rows, part)),
        _ => throw new InvalidOperationException(),
    };

    private static bool Is(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static List<string> Refs(IEnumerable<Found> page) => [.. page.Select(found => System.Text.Encoding.UTF8.GetString(found.Segment.RefOf(found.Document)))];
}
