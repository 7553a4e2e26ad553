using System.Text;

namespace Stagedoor.Catalog.Tests.Model;

public sealed class EntityFilesTests
{
    private const string Ferry = """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata:
          name: ferry
          tags: [java, c++]
        spec:
          type: service
          lifecycle: production
          owner: crew
          dependsOn: [resource:harbour-db, component:anchor]
        """;

    [Fact]
    public async Task An_entity_is_completed_with_its_namespace_and_where_it_comes_from()
    {
        var reading = await Reading.Plain(Ferry);

        var document = reading.Documents.ShouldHaveSingleItem();
        Encoding.UTF8.GetString(document.Entity.ShouldNotBeNull().Body.Span).ShouldBe(
            """
            {"apiVersion":"backstage.io/v1alpha1","kind":"Component",
            "metadata":{"name":"ferry","namespace":"default","tags":["java","c++"],"annotations":{
            "backstage.io/managed-by-location":"url:https://git.example.org/harbour/ferry/blob/main/catalog-info.yaml",
            "backstage.io/managed-by-origin-location":"url:https://git.example.org/harbour/ferry/blob/main/catalog-info.yaml",
            "backstage.io/view-url":"https://git.example.org/harbour/ferry/blob/main/catalog-info.yaml",
            "backstage.io/edit-url":"https://git.example.org/harbour/ferry/edit/main/catalog-info.yaml",
            "backstage.io/source-location":"url:https://git.example.org/harbour/ferry/blob/main/"}},
            "spec":{"type":"service","lifecycle":"production","owner":"crew","dependsOn":["component:anchor","resource:harbour-db"]}}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task An_entitys_relations_are_told_once_each_sorted_by_type_and_target()
    {
        var reading = await Reading.Plain(Ferry.Replace("component:anchor]", "component:anchor, Component:default/Anchor]"));

        reading.Documents.ShouldHaveSingleItem().Entity.ShouldNotBeNull().Relations.Select(relation => $"{relation.Type}/{relation.Inverse} {relation.Target}").ShouldBe(
            ["dependsOn/dependencyOf component:default/anchor", "dependsOn/dependencyOf resource:default/harbour-db", "ownedBy/ownerOf group:default/crew"]);
    }
}
