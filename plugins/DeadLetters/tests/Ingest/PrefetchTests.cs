using Stagedoor.DeadLetters.Headers;
using Stagedoor.DeadLetters.Ingest;

namespace Stagedoor.DeadLetters.Tests.Ingest;

public sealed class PrefetchTests
{
    private const int Megabyte = 1024 * 1024;

    [Fact]
    public void It_begins_small_and_grows_with_small_bodies_to_what_is_configured()
    {
        var prefetch = new Prefetch(most: 4_000, mostBytes: 128 * Megabyte);

        prefetch.Now.ShouldBe((ushort)16);
        prefetch.Changes(Batch(1_000)).ShouldBeTrue();
        prefetch.Now.ShouldBe((ushort)4_000);
        prefetch.Changes(Batch(1_200)).ShouldBeFalse();
    }

    [Fact]
    public void Large_bodies_are_asked_for_in_as_few_as_memory_holds()
    {
        var prefetch = new Prefetch(most: 4_000, mostBytes: 128 * Megabyte);
        prefetch.Changes(Batch(1_000));

        prefetch.Changes(Batch(16 * Megabyte)).ShouldBeTrue();

        prefetch.Now.ShouldBe((ushort)8);
        prefetch.Changes([]).ShouldBeFalse();
    }

    [Fact]
    public void After_large_bodies_it_grows_again_bit_by_bit()
    {
        var prefetch = new Prefetch(most: 1_000, mostBytes: 64 * Megabyte);
        prefetch.Changes(Batch(16 * Megabyte));

        for (var batch = 0; batch < 20; batch++)
        {
            prefetch.Changes(Batch(1_000));
        }

        prefetch.Now.ShouldBe((ushort)1_000);
    }

    private static List<Delivery> Batch(int size) => [new Delivery(1, Redelivered: false, "", "", new MessageProperties(), new Dictionary<string, object?>(), new byte[size])];
}
