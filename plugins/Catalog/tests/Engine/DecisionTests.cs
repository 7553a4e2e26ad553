using Shouldly;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Catalog.Model;
using Stagedoor.Plugins;
using Xunit;
using static Stagedoor.Catalog.Tests.Engine.MemoryRows;

namespace Stagedoor.Catalog.Tests.Engine;

public sealed class DecisionTests
{
    private readonly MemoryRows _rows = new();

    [Fact]
    public void An_entity_that_is_new_is_created_with_a_uid_of_version_4()
    {
        var writes = _rows.Decide(decision => decision.Declare(Declaration("component:default/a", 1), alone: true));

        writes.New.ShouldHaveSingleItem().Uid.Version.ShouldBe(4);
        _rows.Changes.ShouldHaveSingleItem().Change.ShouldBe(EntityChangeKind.Created);
    }

    [Fact]
    public void A_declaration_that_has_not_changed_writes_nothing()
    {
        _rows.Decide(decision => decision.Declare(Declaration("component:default/a", 1), alone: true));

        _rows.Decide(decision => decision.Declare(Declaration("component:default/a", 1), alone: true)).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void An_entity_that_changes_keeps_its_uid_and_its_former_version_is_kept()
    {
        _rows.Decide(decision => decision.Declare(Declaration("component:default/a", 1, text: "before"), alone: true));
        var uid = _rows.Entities["component:default/a"].Uid;

        _rows.Decide(decision => decision.Declare(Declaration("component:default/a", 1, text: "after"), alone: true));

        _rows.Entities["component:default/a"].Uid.ShouldBe(uid);
        _rows.Versions.ShouldHaveSingleItem().Hash.ShouldBe("before");
        _rows.Changes[^1].Fields.ShouldBe("spec.text");
    }

    [Fact]
    public void An_entity_that_moves_within_its_file_is_the_same_and_leaves_no_version()
    {
        _rows.Decide(decision => decision.Declare(Declaration("component:default/a", 1, document: 1), alone: true));

        _rows.Decide(decision => decision.Declare(Declaration("component:default/a", 1, document: 2), alone: true));

        _rows.Entities["component:default/a"].Document.ShouldBe(2);
        _rows.Versions.ShouldBeEmpty();
        _rows.Contenders.ShouldBeEmpty();
    }

    [Fact]
    public void An_entity_that_moves_to_another_file_lives_on_with_its_uid()
    {
        _rows.Decide(decision => decision.Declare(Declaration("component:default/a", 1), alone: true));
        var uid = _rows.Entities["component:default/a"].Uid;

        _rows.Decide(decision => decision.Declare(Declaration("component:default/a", 2), alone: true));
        _rows.Decide(decision => decision.Withdraw("component:default/a", Declaration("", 1).FileId, 1));

        _rows.Entities["component:default/a"].Uid.ShouldBe(uid);
        _rows.Entities["component:default/a"].FileId.ShouldBe(Declaration("", 2).FileId);
        _rows.Contenders.ShouldBeEmpty();
        _rows.Changes.ShouldNotContain(change => change.Change == EntityChangeKind.Deleted);
    }

    [Fact]
    public void Of_two_files_that_declare_an_entity_the_smaller_rank_wins_whichever_comes_first()
    {
        var other = new MemoryRows();
        _rows.Decide(decision => decision.Declare(Declaration("component:default/a", 1), alone: true));
        _rows.Decide(decision => decision.Declare(Declaration("component:default/a", 2), alone: true));
        other.Decide(decision => decision.Declare(Declaration("component:default/a", 2), alone: true));
        other.Decide(decision => decision.Declare(Declaration("component:default/a", 1), alone: true));

        _rows.State().ShouldBe(other.State());
        _rows.Contenders.Count.ShouldBe(1);
    }

    [Fact]
    public void A_relation_that_goes_on_keeps_the_change_it_began_with_and_one_that_ends_is_kept_as_past()
    {
        var owner = new DerivedRelation("ownedBy", "ownerOf", EntityRef.Group("a"));
        var system = new DerivedRelation("partOf", "hasPart", new EntityRef("system", "default", "s"));
        _rows.Decide(decision => decision.Declare(Declaration("component:default/a", 1, text: "1", relations: [owner, system]), alone: true));

        _rows.Decide(decision => decision.Declare(Declaration("component:default/a", 1, text: "2", relations: [owner]), alone: true));

        RelationText.Read(_rows.Entities["component:default/a"].Relations).ShouldBe([new DatedRelation("ownedBy", "ownerOf", EntityRef.Group("a"), 1)]);
        _rows.PastRelations.ShouldBe([new PastRelationRow("system:default/s", "component:default/a", "partOf", "hasPart", 1, 2)]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_same_files_in_any_order_and_any_batches_make_the_same_catalog(int seed)
    {
        for (var round = 0; round < 150; round++)
        {
            var random = new Random((seed * 1000) + round);
            var truth = Enumerable.Range(1, random.Next(1, 8))
                .ToDictionary(file => file, _ => Enumerable.Range(1, random.Next(1, 6)).Select(_ => $"component:default/{(char)('a' + random.Next(6))}").ToList());

            var expected = new MemoryRows();
            foreach (var (file, entities) in truth)
            {
                Tell(expected, [(file, entities)]);
            }

            var rows = new MemoryRows();
            for (var step = 0; step < 10; step++)
            {
                // Something else at first: files that say more, less or otherwise.
                var file = random.Next(1, 8);
                Tell(rows, [(file, random.Next(4) == 0 ? [] : [.. Enumerable.Range(1, random.Next(1, 6)).Select(_ => $"component:default/{(char)('a' + random.Next(6))}")])]);
            }

            var final = Enumerable.Range(1, 8).Select(file => (file, truth.GetValueOrDefault(file, []))).ToArray();
            random.Shuffle(final);
            foreach (var batch in final.Chunk(random.Next(1, 4)))
            {
                Tell(rows, batch);
            }

            rows.State().ShouldBe(expected.State(), $"seed {seed}, round {round}");
        }
    }

    /// <summary>As the engine does: what files say is declared, and what they no longer say is withdrawn.</summary>
    private static void Tell(MemoryRows rows, IReadOnlyList<(int File, List<string> Entities)> batch)
    {
        var withdrawals = new List<(string, Guid, int)>();
        rows.Decide(decision =>
        {
            foreach (var (file, entities) in batch)
            {
                var said = entities.Select((entity, index) => Declaration(entity, file, index + 1, text: $"{entity}{file}{index}")).ToList();
                foreach (var declaration in said)
                {
                    decision.Declare(declaration, alone: entities.Count(entity => entity == declaration.Ref) == 1);
                }

                var id = Declaration("", file).FileId;
                withdrawals.AddRange(decision.Of(id)
                    .Where(before => !said.Exists(declaration => declaration.Ref == before.Ref && declaration.Document == before.Document))
                    .Select(before => (before.Ref, id, before.Document)));
            }
        });
        rows.Decide(decision =>
        {
            foreach (var (entity, file, document) in withdrawals)
            {
                decision.Withdraw(entity, file, document);
            }
        });
    }
}
