using System.Text.Json;
using Stagedoor.Catalog.Model;
using Stagedoor.Catalog.Model.Completion;
using Stagedoor.Catalog.Model.Kinds;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Tests.Model;

public sealed class CompletionTests
{
    private const string System = """
        apiVersion: backstage.io/v1alpha1
        kind: System
        metadata: {name: ferry}
        spec: {owner: crew}
        """;

    [Theory]
    [InlineData("https://github.com/harbour/ferry/blob/main/catalog-info.yaml", "https://github.com/harbour/ferry/edit/main/catalog-info.yaml")]
    [InlineData("https://gitlab.example/harbour/ferry/-/blob/main/catalog-info.yaml", "https://gitlab.example/harbour/ferry/-/edit/main/catalog-info.yaml")]
    [InlineData("https://gitea.example/harbour/ferry/src/branch/main/catalog-info.yaml", "https://gitea.example/harbour/ferry/_edit/main/catalog-info.yaml")]
    [InlineData("https://bitbucket.org/harbour/ferry/src/main/catalog-info.yaml", "https://bitbucket.org/harbour/ferry/src/main/catalog-info.yaml?mode=edit")]
    [InlineData("https://github.com/harbour/ferry/blob/0123456789abcdef0123456789abcdef01234567/catalog-info.yaml", null)]
    [InlineData("https://files.example/catalog-info.yaml", null)]
    public void A_file_on_a_known_host_can_be_edited_unless_it_is_of_one_commit(string address, string? edit) =>
        EditAddress.Of(new Uri(address)).ShouldBe(edit);

    [Fact]
    public async Task A_file_of_this_machine_has_no_address_to_look_at()
    {
        var entity = await new Reading { Place = "file:/srv/catalog/ferry.yaml" }.Entity(System);

        entity.Annotation(LocationNotes.Managed).ShouldBe("file:/srv/catalog/ferry.yaml");
        entity.Annotation(LocationNotes.View).ShouldBeNull();
        entity.Annotation(LocationNotes.Source).ShouldBeNull();
    }

    [Fact]
    public async Task An_entity_that_a_source_tells_is_read_like_one_of_a_file()
    {
        var declared = new DeclaredEntity(JsonElement.Parse("""{"apiVersion":"backstage.io/v1alpha1","kind":"User","metadata":{"name":"nils"},"spec":{"memberOf":["tides","crew"]}}"""), "directory:people");
        var reading = await new EntityFiles(new KnownKinds([], []), []).Read(declared, "directory:people", new Everything(), TestContext.Current.CancellationToken);

        var processed = reading.Entity.ShouldNotBeNull();
        processed.Relations.Select(relation => relation.Target.ToString()).ShouldBe(["group:default/crew", "group:default/tides"]);
        new Entity(processed.Body).Annotation(LocationNotes.Origin).ShouldBe("directory:people");
    }

    [Fact]
    public async Task References_without_a_namespace_are_in_that_of_the_entity()
    {
        var reading = await Reading.Plain(System.Replace("name: ferry", "name: ferry, namespace: yard"));

        reading.Documents.ShouldHaveSingleItem().Entity.ShouldNotBeNull().Relations.ShouldBe([new DerivedRelation("ownedBy", "ownerOf", new EntityRef("Group", "yard", "crew"))]);
    }

    [Fact]
    public async Task Only_what_goes_into_the_entity_changes_its_hash()
    {
        var (plain, moved, other) = (await Reading.Plain(System), await Reading.Plain("# moved\n\n" + System), await Reading.Plain(System.Replace("crew", "yard")));

        moved.Documents[0].Hash.ShouldBe(plain.Documents[0].Hash);
        other.Documents[0].Hash.ShouldNotBe(plain.Documents[0].Hash);
    }

    [Fact]
    public void The_model_has_the_kinds_of_backstage_each_with_how_to_show_it()
    {
        var kinds = new KnownKinds([], []).Model.Kinds;

        kinds.Select(kind => kind.Name).ShouldBe(["Component", "API", "Resource", "System", "Domain", "Group", "User", "Location", "Template", "AiResource"]);
        kinds.ShouldAllBe(kind => kind.Plural != null && kind.Icon != null && kind.Description != null && kind.Schema != null);
    }

    private sealed class Everything : IAllowedKinds
    {
        public bool Allows(string kind, string? type) => true;
    }
}
