namespace Stagedoor.Generate;

internal enum Kind
{
    Domain,
    Group,
    System,
    User,
    Resource,
    Api,
    Component,
}

/// <summary>
/// How many of each kind there are and what they are called. Every hundred entities hold the same mix, and a name follows
/// from kind and number alone, so that a relation to any of them needs no memory of it.
/// </summary>
internal sealed class Population(int count)
{
    public const int Block = 100;

    // By Kind: of a hundred.
    private static readonly int[] Share = [1, 4, 5, 8, 10, 12, 60];
    private static readonly int[] Start = [0, 1, 5, 10, 18, 28, 40];
    private static readonly string[] Namespaces = ["payments", "lending", "platform", "markets"];

    public int Count { get; } = count;

    public int Of(Kind kind) => (Count / Block * Share[(int)kind]) + Math.Clamp((Count % Block) - Start[(int)kind], 0, Share[(int)kind]);

    public static (Kind Kind, int Number) At(int index)
    {
        var (block, place) = Math.DivRem(index, Block);
        var kind = Kind.Component;
        while (place < Start[(int)kind])
        {
            kind--;
        }

        return (kind, (block * Share[(int)kind]) + place - Start[(int)kind]);
    }

    /// <summary>People and groups are in the default namespace; one of twenty others is not.</summary>
    public static string Namespace(Kind kind, int number) =>
        kind is not (Kind.Group or Kind.User) && number % 20 == 7 ? Namespaces[number / 20 % Namespaces.Length] : "default";

    public static string Name(Kind kind, int number) => kind switch
    {
        Kind.Domain => Unique(number, "", Words.Subjects, Words.Fields),
        Kind.Group => Unique(number, "", Words.Animals, Words.Units),
        Kind.System => Unique(number, "", Words.Subjects, Words.Things),
        Kind.User => Unique(number, "", Words.FirstNames, Words.LastNames),
        Kind.Resource => Unique(number, Words.Stores[number % Words.Stores.Length] + "-", Words.Subjects, Words.Things),
        Kind.Api => Unique(number, "", Words.Subjects, Words.Things) + (number % 3 == 0 ? "-events" : "-api"),
        _ => Unique(number, "", Words.Subjects, Words.Things) + "-" + Words.Forms[number % Words.Forms.Length],
    };

    /// <summary>As a file writes it from another namespace.</summary>
    public static string Ref(Kind kind, int number) => $"{Lower(kind)}:{Namespace(kind, number)}/{Name(kind, number)}";

    public static string Lower(Kind kind) => kind switch
    {
        Kind.Domain => "domain",
        Kind.Group => "group",
        Kind.System => "system",
        Kind.User => "user",
        Kind.Resource => "resource",
        Kind.Api => "api",
        _ => "component",
    };

    public static string Written(Kind kind) => kind switch
    {
        Kind.Api => "API",
        _ => kind.ToString(),
    };

    private static string Unique(int number, string prefix, string[] first, string[] second)
    {
        var pairs = first.Length * second.Length;
        var (round, pair) = Math.DivRem(number, pairs);
        // Neighbours in number are not to be neighbours in the alphabet: 7919 has no divisor in common with any of the counts.
        pair = (int)((long)pair * 7919 % pairs);
        var name = prefix + first[pair % first.Length] + "-" + second[pair / first.Length];
        return round == 0 ? name : $"{name}-{round + 1}";
    }
}
