namespace Stagedoor.Generate;

/// <summary>Chance that is the same on every machine and in every version of .NET (SplitMix64).</summary>
internal struct Chance(ulong seed)
{
    private ulong _state = seed;

    public static Chance For(ulong seed, Kind kind, int number) => new((seed * 0x9E3779B97F4A7C15) ^ ((ulong)(int)kind << 56) ^ ((ulong)number * 0xD1342543DE82EF95));

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 up to 1.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    public int Below(int limit) => (int)(Next() % (ulong)limit);

    public bool Happens(double probability) => Share() < probability;

    public T One<T>(T[] of) => of[Below(of.Length)];

    /// <summary>A number below a limit, the first ones by far the most often, as with owners and tags (Zipf).</summary>
    public int Often(int limit) => Math.Min(limit - 1, (int)Math.Pow(limit + 1, Share()) - 1);
}
