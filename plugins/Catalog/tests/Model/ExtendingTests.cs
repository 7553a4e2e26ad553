using System.Text.Json;
using Stagedoor.Catalog.Model;
using Stagedoor.Catalog.Model.Kinds;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Tests.Model;

/// <summary>Kinds, fields and processors that a company adds.</summary>
public sealed class ExtendingTests
{
    private const string Lamp = """
        apiVersion: harbour.example/v1
        kind: Lighthouse
        metadata: {name: north}
        spec:
          height: 40
          shinesOn: [rocks, resource:sea/reef]
        """;

    private const string Component = """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata: {name: ferry, labels: {harbour.example/tier: gold}, tags: [java]}
        spec: {type: service, lifecycle: production, owner: crew}
        """;

    private static readonly KindOptions Lighthouse = new()
    {
        Name = "Lighthouse",
        ApiVersions = ["harbour.example/v1"],
        Schema = """
            type: object
            required: [spec]
            properties:
              spec:
                type: object
                required: [height]
                properties:
                  height: { type: integer, maximum: 100 }
                  light: { enum: [white, red, green] }
            """,
        Relations = [new RelationOptions { Path = "spec.shinesOn", Type = "shinesOn", Inverse = "litBy", DefaultKind = "Resource" }],
    };

    [Fact]
    public async Task A_configured_kind_is_read_and_has_its_relations()
    {
        var reading = await new Reading { Kinds = [Lighthouse.ToKind()] }.Of(Lamp);

        var entity = reading.Documents.ShouldHaveSingleItem().Entity.ShouldNotBeNull();
        entity.Relations.Select(relation => $"{relation.Type} {relation.Target} {relation.Inverse}").ShouldBe(["shinesOn resource:default/rocks litBy", "shinesOn resource:sea/reef litBy"]);
        new Entity(entity.Body).Texts("spec.shinesOn").ShouldBe(["resource:sea/reef", "rocks"]);
    }

    [Theory]
    [InlineData("height: 40", "height: 400", "1:5 spec.height is 400; at most 100 is allowed")]
    [InlineData("height: 40", "hight: 40", "1:4 spec.height is missing. Is 'hight' meant to be it?")]
    [InlineData("height: 40", "height: 40\n  light: rde", "1:6 spec.light is 'rde'; allowed: 'white', 'red', 'green'. Did you mean 'red'?")]
    [InlineData("harbour.example/v1", "harbour.example/v2", "1:1 apiVersion is 'harbour.example/v2'; Lighthouse is known in harbour.example/v1")]
    public async Task A_configured_kind_is_checked_by_its_schema(string right, string wrong, string message) =>
        (await new Reading { Kinds = [Lighthouse.ToKind()] }.Complaints(Lamp.Replace(right, wrong))).ShouldBe([message]);

    [Fact]
    public async Task A_kind_that_nobody_declares_is_told_with_those_that_are_known() =>
        (await new Reading().Complaints(Lamp)).ShouldBe(
            ["1:2 kind is 'Lighthouse', which is not known; known: Component, API, Resource, System, Domain, Group, User, Location, Template, AiResource"]);

    [Theory]
    [InlineData("harbour.example/tier: gold", "harbour.example/tier: golden", "1:3 metadata.labels.harbour.example/tier is 'golden'; allowed: 'gold', 'silver'. Did you mean 'gold'?")]
    [InlineData("labels: {harbour.example/tier: gold}, ", "", "1:1 metadata.labels.harbour.example/tier is missing (Tier)")]
    public async Task A_configured_field_is_checked_even_if_its_key_has_dots(string right, string wrong, string message) =>
        (await new Reading { Fields = [Tier.ToField()] }.Complaints(Component.Replace(right, wrong))).ShouldBe([message]);

    [Fact]
    public async Task A_field_may_name_entities()
    {
        var field = new FieldOptions { Path = "spec.captain", Title = "Captain", Relation = "steeredBy", Inverse = "steers", DefaultKind = "User" };
        var reading = await new Reading { Fields = [field.ToField()] }.Of(Component.Replace("owner: crew", "owner: crew, captain: nils"));

        reading.Documents.ShouldHaveSingleItem().Entity.ShouldNotBeNull().Relations.ShouldContain(new DerivedRelation("steeredBy", "steers", EntityRef.User("nils")));
    }

    [Fact]
    public void A_kind_cannot_be_declared_twice() =>
        Should.Throw<CatalogModelException>(() => new KnownKinds([new EntityKind("component") { ApiVersions = ["a/v1"] }], [])).Message.ShouldStartWith("The kind 'Component' is declared twice.");

    [Theory]
    [InlineData("type: strng", "The schema of the kind 'Buoy' is not right: /type is 'strng'; allowed:")]
    [InlineData("{a: [", "catalog.kinds: the schema of Buoy is neither JSON nor YAML: line 2:")]
    public void A_schema_that_is_none_is_told(string schema, string message) =>
        Should.Throw<CatalogModelException>(() => new KnownKinds([new KindOptions { Name = "Buoy", ApiVersions = ["a/v1"], Schema = schema }.ToKind()], [])).Message.ShouldStartWith(message);

    [Fact]
    public async Task A_processor_adds_what_the_entity_does_not_have()
    {
        var reading = await new Reading { Processors = [new Adding()] }.Of(Component);

        var processed = reading.Documents.ShouldHaveSingleItem().Entity.ShouldNotBeNull();
        var entity = new Entity(processed.Body);
        entity.Annotation("harbour.example/seen").ShouldBe("yes");
        entity.Label("harbour.example/tier").ShouldBe("gold");
        entity.Label("harbour.example/deck").ShouldBe("upper");
        entity.Tags.ShouldBe(["java", "seen"]);
        processed.Relations.Select(relation => relation.Type).ShouldBe(["dependsOn", "ownedBy"]);
    }

    [Fact]
    public async Task A_processor_that_fails_costs_only_its_entity()
    {
        var reading = await new Reading { Processors = [new FailingFor("ferry")] }.Of(Component + "\n---\n" + Component.Replace("ferry", "tug"));

        reading.Documents.Select(document => document.Entity?.Ref.Name).ShouldBe([null, "tug"]);
        reading.Documents[0].Problems.ShouldHaveSingleItem().Message.ShouldBe("The processor FailingFor failed: Not this one.");
    }

    [Fact]
    public async Task A_newer_processor_changes_the_hash()
    {
        var (old, young) = (await new Reading { Processors = [new Adding()] }.Of(Component), await new Reading { Processors = [new Adding { Version = 2 }] }.Of(Component));

        young.Documents[0].Hash.ShouldNotBe(old.Documents[0].Hash);
    }

    [Fact]
    public async Task A_kind_that_a_place_may_not_declare_is_refused_with_those_it_may() =>
        (await new Reading { Allowed = new Only("API", "Location") }.Complaints(Component)).ShouldBe(
            ["1:2 kind is Component of type 'service', which this place may not declare; allowed here: API, Location. The rules stand in catalog.rules and beside the location"]);

    [Fact]
    public async Task A_plugins_reader_reads_files_of_its_own()
    {
        var reading = await new Reading { Reader = new Shuttles() }.Of("ferry\n!\n");

        reading.Documents.Select(document => document.Entity?.Ref.ToString()).ShouldBe([null, "component:default/ferry"]);
        Reading.Line(reading.Documents[0].Problems.ShouldHaveSingleItem()).ShouldBe("0:2 This is no name.");
    }

    private static FieldOptions Tier => new()
    {
        Path = "metadata.labels.harbour.example/tier", Title = "Tier", Kinds = ["component"], Required = true, Schema = """{ "enum": ["gold", "silver"] }""",
    };

    private sealed class Only(params string[] kinds) : IAllowedKinds
    {
        public bool Allows(string kind, string? type) => kinds.Contains(kind);
    }

    private sealed class Adding : IEntityProcessor
    {
        public int Version { get; init; } = 1;

        public ValueTask Process(EntityProcessing entity, CancellationToken cancellationToken)
        {
            entity.Annotate("harbour.example/seen", "yes");
            entity.Label("harbour.example/tier", "bronze");
            entity.Label("harbour.example/deck", "upper");
            entity.Tag("seen");
            entity.Tag("java");
            entity.Relate("dependsOn", "dependencyOf", EntityRef.Parse("resource:default/sea"));
            return ValueTask.CompletedTask;
        }
    }

    private sealed class FailingFor(string name) : IEntityProcessor
    {
        public int Version => 1;

        public ValueTask Process(EntityProcessing entity, CancellationToken cancellationToken) =>
            entity.Entity.Name == name ? throw new InvalidOperationException("Not this one.") : ValueTask.CompletedTask;
    }

    private sealed class Shuttles : IDescriptorReader
    {
        public IReadOnlyList<string> Patterns => ["**/shuttle.txt"];

        public int Version => 1;

        public DescriptorReading Read(DescriptorFile file) => new(
            [JsonElement.Parse("""{"apiVersion": "backstage.io/v1alpha1", "kind": "Component", "metadata": {"name": "ferry"}, "spec": {"type": "service", "lifecycle": "production", "owner": "crew"}}""")],
            [new DescriptorProblem(2, "This is no name.")]);
    }
}
