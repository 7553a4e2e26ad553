using System.Collections.Immutable;
using System.Threading.Channels;
using Stagedoor.Catalog.Index.Relations;
using Stagedoor.Catalog.Index.Segments;

namespace Stagedoor.Catalog.Index.Changes;

/// <summary>
/// Builds the index out of all entities at once: bodies are read into segments side by side while they arrive; when all
/// relations are known, the entities are completed.
/// </summary>
internal sealed class Loading
{
    private const int BatchSize = 256;

    private readonly Utf8Table _refs = new(1024);
    private readonly RelationTypes _types = new();
    private readonly List<(int Source, Relation Relation)> _relations = [];
    private readonly List<SegmentBuilder?> _builders = [];
    private readonly List<List<byte[]>> _status = [];
    private readonly HashSet<int> _exists = [];
    private readonly Lock _adding = new();

    public async Task<Snapshot> Load(IAsyncEnumerable<StoredEntity> entities, long sequence, CancellationToken cancellationToken)
    {
        using var failing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<List<Row>>(8);
        var workers = Enumerable.Range(0, Math.Clamp(Environment.ProcessorCount, 1, 8)).Select(_ => Task.Run(() => Read(batches.Reader, failing), CancellationToken.None)).ToArray();
        try
        {
            await Feed(entities, batches.Writer, failing.Token);
        }
        finally
        {
            batches.Writer.TryComplete();
            await Task.WhenAll(workers);
        }

        var incidences = new Incidences(_relations, _refs, _types);
        _relations.Clear();
        _relations.TrimExcess();
        var segments = new Segment[_builders.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        Parallel.For(0, segments.Length, parallel, number => segments[number] = Complete(number, incidences));
        return new Snapshot(
            CatalogIndex.Sorted([.. segments.Where(segment => segment.Count > 0).Select(segment => new SegmentView(segment))]), sequence, _refs, _types, incidences.Missing(_exists))
        {
            Revision = Random.Shared.NextInt64(long.MaxValue / 2),
        };
    }

    private async Task Feed(IAsyncEnumerable<StoredEntity> entities, ChannelWriter<List<Row>> batches, CancellationToken cancellationToken)
    {
        var numbers = new RefNumbers(_refs, _types);
        var batch = new List<Row>(BatchSize);
        var seen = new HashSet<Relation>();
        await foreach (var entity in entities.WithCancellation(cancellationToken))
        {
            var source = numbers.Of(entity.Ref);
            if (!_exists.Add(source))
            {
                throw new InvalidOperationException($"The store has {entity.Ref} twice.");
            }

            seen.Clear();
            foreach (var derived in entity.Relations)
            {
                var relation = numbers.Of(derived);
                if (seen.Add(relation))
                {
                    _relations.Add((source, relation));
                }
            }

            batch.Add(new Row(source, entity));
            if (batch.Count == BatchSize)
            {
                await batches.WriteAsync(batch, cancellationToken);
                batch = new List<Row>(BatchSize);
            }
        }

        await batches.WriteAsync(batch, cancellationToken);
    }

    private async Task Read(ChannelReader<List<Row>> batches, CancellationTokenSource failing)
    {
        try
        {
            SegmentBuilder? builder = null;
            List<byte[]> status = [];
            await foreach (var batch in batches.ReadAllAsync(CancellationToken.None))
            {
                foreach (var (reference, entity) in batch)
                {
                    if (builder is null || builder.Count >= Merging.LargestSegment)
                    {
                        builder = new SegmentBuilder(_refs, _types, 4096);
                        status = [];
                        lock (_adding)
                        {
                            _builders.Add(builder);
                            _status.Add(status);
                        }
                    }

                    builder.Add(reference, entity.Uid, entity.Body);
                    status.Add(entity.Status.IsEmpty ? [] : entity.Status.ToArray());
                }
            }
        }
        catch
        {
            // The others need not go on.
            await failing.CancelAsync();
            throw;
        }
    }

    private Segment Complete(int number, Incidences incidences)
    {
        // What a builder needs besides is as large as the segment: it is let go of as soon as that is there.
        var (builder, status) = (_builders[number]!, _status[number]);
        _builders[number] = null;
        for (var document = 0; document < builder.Count; document++)
        {
            builder.Complete(incidences.Of(builder.RefOf(document)), status[document]);
        }

        return builder.Build();
    }

    private readonly record struct Row(int Ref, StoredEntity Entity);
}
