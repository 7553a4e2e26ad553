using Stagedoor.Catalog.Model.Checks;
using Stagedoor.Catalog.Model.Documents;
using Stagedoor.Catalog.Model.Kinds;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Model.Completion;

/// <summary>Finds the entities that an entity's fields name.</summary>
internal static class Relations
{
    public static IReadOnlyList<DerivedRelation> Of(Envelope envelope, KnownKind kind, Complaints complaints)
    {
        List<DerivedRelation>? found = null;
        foreach (var relation in kind.Form(envelope.Type).Relations)
        {
            Add(envelope, relation, complaints, ref found);
        }

        foreach (var field in kind.Fields)
        {
            if (field.Field.Relation is { } relation)
            {
                Add(envelope, relation, complaints, ref found);
            }
        }

        return Sorted(found);
    }

    public static IReadOnlyList<DerivedRelation> Sorted(List<DerivedRelation>? relations)
    {
        if (relations is null)
        {
            return [];
        }

        if (relations.Count == 1)
        {
            return relations;
        }

        var keyed = new (string Target, DerivedRelation Relation)[relations.Count];
        for (var i = 0; i < keyed.Length; i++)
        {
            keyed[i] = (relations[i].Target.ToString(), relations[i]);
        }

        Array.Sort(keyed, static (left, right) =>
            string.CompareOrdinal(left.Relation.Type, right.Relation.Type) is not 0 and var byType ? byType : string.CompareOrdinal(left.Target, right.Target));
        var sorted = new List<DerivedRelation>(keyed.Length);
        for (var i = 0; i < keyed.Length; i++)
        {
            if (i == 0 || keyed[i].Target != keyed[i - 1].Target || keyed[i].Relation.Type != keyed[i - 1].Relation.Type)
            {
                sorted.Add(keyed[i].Relation);
            }
        }

        return sorted;
    }

    private static void Add(Envelope envelope, FieldRelation relation, Complaints complaints, ref List<DerivedRelation>? found)
    {
        switch (envelope.Root.At(relation.Path))
        {
            case ListNode list:
                for (var i = 0; i < list.Items.Count; i++)
                {
                    Add(envelope, relation, list.Items[i], i, complaints, ref found);
                }

                break;
            case { } single:
                Add(envelope, relation, single, null, complaints, ref found);
                break;
        }
    }

    private static void Add(Envelope envelope, FieldRelation relation, Node node, int? index, Complaints complaints, ref List<DerivedRelation>? found)
    {
        if (node.Text is not { Length: > 0 } text)
        {
            return;
        }

        if (EntityRef.TryParse(text, relation.DefaultKind, envelope.Namespace, out var target))
        {
            if (envelope.Ref == target)
            {
                complaints.Warn(node.Line, Field(relation, index), $"is '{Shown.Text(text)}', which is this entity itself");
            }

            (found ??= []).Add(new DerivedRelation(relation.Type, relation.Inverse, target));
            return;
        }

        var shown = Shown.Text(text);
        if (relation.DefaultKind is null && !text.Contains(':', StringComparison.Ordinal))
        {
            complaints.Refuse(node.Line, Field(relation, index), $"is '{shown}', which names no kind; write it in front, such as component:{shown}");
        }
        else if (HasEmptyPart(text))
        {
            complaints.Refuse(node.Line, Field(relation, index), $"is '{shown}', which is no reference to an entity; [kind:][namespace/]name is allowed");
        }
        else
        {
            complaints.Warn(node.Line, Field(relation, index), $"is '{shown}', which can name no entity, so it is no relation; [kind:][namespace/]name is allowed");
        }
    }

    /// <summary>One with parts too many is kept as it is, because catalogs have such; one with a part missing is a mistake.</summary>
    private static bool HasEmptyPart(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length == 0 || trimmed[0] is ':' or '/' || trimmed[^1] is ':' or '/' || trimmed.Contains(":/", StringComparison.Ordinal);
    }

    private static string Field(FieldRelation relation, int? index) => index is null ? relation.Path : $"{relation.Path}[{index}]";
}
