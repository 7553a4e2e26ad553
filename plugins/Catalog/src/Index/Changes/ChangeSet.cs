using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Stagedoor.Catalog.Index.Relations;
using Stagedoor.Catalog.Index.Segments;
using Stagedoor.Catalog.Model;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index.Changes;

/// <summary>Makes the next snapshot of one and some changes. Only what the changes touch is assembled again.</summary>
internal sealed class ChangeSet(Snapshot from)
{
    private readonly RefNumbers _numbers = new(from.Refs, from.Types);
    private readonly RelationOrder _order = new(from.Refs, from.Types);
    private readonly Dictionary<int, Touched> _touched = [];

    public Snapshot Apply(IReadOnlyList<StoredEntity> changed, IReadOnlyList<EntityRef> deleted, long sequence)
    {
        foreach (var reference in deleted)
        {
            var gone = Touch(_numbers.Of(reference));
            gone.Exists = false;
            gone.Body = null;
            gone.Bodiless = true;
            Relate(gone, []);
        }

        foreach (var entity in changed)
        {
            var touched = Touch(_numbers.Of(entity.Ref));
            touched.Exists = true;
            touched.Body = entity;
            Relate(touched, entity.Relations);
        }

        return Next(sequence);
    }

    private Touched Touch(int reference)
    {
        if (_touched.TryGetValue(reference, out var known))
        {
            return known;
        }

        var found = from.Find(from.Refs[reference]);
        var touched = new Touched(reference, found, found is null ? from.Missing.GetValueOrDefault(reference) ?? [] : found.Value.Segment.RelationsOf(found.Value.Document));
        _touched[reference] = touched;
        return touched;
    }

    private void Relate(Touched source, IReadOnlyList<DerivedRelation> derived)
    {
        var declared = derived.Select(_numbers.Of).ToHashSet();
        foreach (var relation in source.Relations.Where(pair => pair.Value.HasFlag(Declared.Here)).Select(pair => pair.Key).ToList())
        {
            if (!declared.Contains(relation))
            {
                source.Take(relation, Declared.Here);
                Touch(relation.Other).Take(relation.From(source.Ref), Declared.There);
            }
        }

        foreach (var relation in declared)
        {
            if (source.Give(relation, Declared.Here))
            {
                Touch(relation.Other).Give(relation.From(source.Ref), Declared.There);
            }
        }
    }

    private Snapshot Next(long sequence)
    {
        var missing = from.Missing.ToBuilder();
        var dead = new Dictionary<Segment, List<int>>();
        var builder = new SegmentBuilder(from.Refs, from.Types, _touched.Count);
        var sorted = new List<DeclaredRelation>();
        foreach (var touched in _touched.Values.OrderBy(touched => touched, Comparer<Touched>.Create((a, b) => from.Refs[a.Ref].SequenceCompareTo(from.Refs[b.Ref]))))
        {
            if (!touched.IsChanged)
            {
                continue;
            }

            if (touched.Before is { } before)
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(dead, before.Segment, out _) ??= []).Add(before.Document);
            }

            sorted.Clear();
            sorted.AddRange(touched.Relations.Select(pair => new DeclaredRelation(pair.Key, pair.Value)));
            sorted.Sort(_order);
            missing.Remove(touched.Ref);
            if (touched.Exists)
            {
                Add(builder, touched, CollectionsMarshal.AsSpan(sorted));
            }
            else if (sorted.Count > 0)
            {
                missing[touched.Ref] = [.. sorted];
            }
        }

        var segments = from.Segments
            .Select(view => dead.TryGetValue(view.Segment, out var documents) ? view.Without(documents) : view)
            .Where(view => view.LiveCount > 0)
            .ToImmutableArray();
        if (builder.Count > 0)
        {
            segments = CatalogIndex.Sorted(segments.Add(new SegmentView(builder.Build())));
        }

        return new Snapshot(segments, sequence, from.Refs, from.Types, missing.ToImmutable()) { Revision = from.Revision + 1 };
    }

    private static void Add(SegmentBuilder builder, Touched touched, ReadOnlySpan<DeclaredRelation> relations)
    {
        if (touched.Body is { } body)
        {
            builder.Add(touched.Ref, body.Uid, body.Body);
            builder.Complete(relations, body.Status.Span);
        }
        else
        {
            var (segment, document) = touched.Before!.Value;
            builder.Add(segment, document);
            builder.Complete(relations, segment.StatusOf(document));
        }
    }

    /// <summary>An entity, existing or not, that changes touch.</summary>
    private sealed class Touched
    {
        public Touched(int reference, Found? before, ReadOnlySpan<DeclaredRelation> relations)
        {
            (Ref, Before, Exists) = (reference, before, before is not null);
            foreach (var (relation, by) in relations)
            {
                Relations[relation] = by;
            }
        }

        public int Ref { get; }

        public Found? Before { get; }

        public bool Exists { get; set; }

        /// <summary>What it becomes; nothing if only its relations change.</summary>
        public StoredEntity? Body { get; set; }

        public bool Bodiless { get; set; }

        public Dictionary<Relation, Declared> Relations { get; } = [];

        public bool IsChanged => Body is not null || Bodiless || _related;

        private bool _related;

        public bool Give(Relation relation, Declared by)
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(Relations, relation, out _);
            if (known.HasFlag(by))
            {
                return false;
            }

            known |= by;
            _related = true;
            return true;
        }

        public void Take(Relation relation, Declared by)
        {
            if (Relations.TryGetValue(relation, out var known) && known.HasFlag(by))
            {
                _related = true;
                if ((known & ~by) == Declared.Nowhere)
                {
                    Relations.Remove(relation);
                }
                else
                {
                    Relations[relation] = known & ~by;
                }
            }
        }
    }
}
