namespace Stagedoor.Docs.Markdown.Inline;

/// <summary>What may stand between the signs of emphasis.</summary>
internal enum Between
{
    /// <summary>At least one letter of any kind.</summary>
    Any,

    /// <summary>Anything, or nothing.</summary>
    AnyOrNone,

    /// <summary>No sign.</summary>
    NoSign,

    /// <summary>One or two signs, or no sign.</summary>
    FewSigns,

    /// <summary>One sign, or signs only after a space.</summary>
    SpacedSigns,

    /// <summary>Signs, but no more than two in a row.</summary>
    PairedSigns,

    /// <summary>One sign, or no space.</summary>
    Solid,

    /// <summary>One or two signs, or neither sign nor space.</summary>
    SolidNoSign,
}

/// <summary>What must stand before or after a run of signs.</summary>
[Flags]
internal enum Beside
{
    Anything = 0,
    NoSpace = 1,
    NoSign = 2,
    NoWord = 4,

    /// <summary>Neither part of a word nor the sign; an underscore is welcome.</summary>
    NoWordNorSign = 8,
}

/// <summary>A run of signs with what must stand around it.</summary>
internal readonly record struct Signs(int Count, Beside Before, Beside After);

/// <summary>How two elements share what a form finds.</summary>
internal enum Nesting
{
    /// <summary>One element.</summary>
    Single,

    /// <summary>The first text in both, the second in the outer one.</summary>
    InnerFirst,

    /// <summary>The first text in the outer one, the second in both.</summary>
    InnerLast,
}

/// <summary>One form of emphasis: signs, text, signs, and maybe text and signs again.</summary>
internal sealed record EmphasisForm(Signs Open, Between First, Signs Middle, Nesting Nesting, string Outer, string Inner = "", Between Second = Between.Any, Signs Close = default);

/// <summary>The forms of emphasis of one sign, in the order in which they are tried.</summary>
internal static class EmphasisForms
{
    private const Beside Free = Beside.Anything;
    private const Beside Solid = Beside.NoSpace;
    private const Beside Start = Beside.NoSpace | Beside.NoSign;
    private const Beside Word = Beside.NoWordNorSign;

    public static EmphasisForm[] Smart() =>
    [
        Single(3, Word, Start, Between.Any, Word, "strong", "em"),
        Two(3, Word, Start, Between.Any, 2, Word, Between.Any, 1, Word, "em", "strong"),
        Two(3, Word, Start, Between.Any, 1, Word, Between.Any, 2, Word, "strong", "em"),
        Single(2, Word, Start, Between.Any, Word, "strong"),
        Single(1, Word, Start, Between.Any, Word, "em"),
    ];

    public static EmphasisForm[] Better() =>
    [
        Single(3, Free, Solid, Between.FewSigns, Free, "strong", "em"),
        Two(3, Free, Start, Between.PairedSigns, 2, Free, Between.SpacedSigns, 1, Free, "em", "strong"),
        Two(3, Free, Start, Between.SpacedSigns, 1, Free, Between.PairedSigns, 2, Free, "strong", "em"),
        Last(2, Free, Start, Between.SpacedSigns, 1, Start, Between.SpacedSigns, "strong", "em"),
        Single(2, Free, Solid, Between.PairedSigns, Free, "strong"),
        Single(1, Free, Solid, Between.SpacedSigns, Free, "em"),
    ];

    public static EmphasisForm[] Stars() =>
    [
        new(new(3, Free, Free), Between.Any, new(1, Free, Free), Nesting.InnerFirst, "strong", "em", Between.AnyOrNone, new(2, Free, Free)),
        new(new(3, Free, Free), Between.Any, new(2, Free, Free), Nesting.InnerFirst, "em", "strong", Between.AnyOrNone, new(1, Free, Free)),
        new(new(2, Free, Beside.NoSign), Between.NoSign, new(1, Free, Beside.NoSign), Nesting.InnerLast, "strong", "em", Between.Any, new(3, Free, Free)),
        new(new(2, Free, Free), Between.Any, new(2, Free, Free), Nesting.Single, "strong"),
        new(new(1, Free, Free), Between.NoSign, new(1, Free, Free), Nesting.Single, "em"),
    ];

    public static EmphasisForm[] Lines() =>
    [
        new(new(3, Free, Free), Between.Any, new(1, Free, Free), Nesting.InnerFirst, "strong", "em", Between.AnyOrNone, new(2, Free, Free)),
        new(new(3, Free, Free), Between.Any, new(2, Free, Free), Nesting.InnerFirst, "em", "strong", Between.AnyOrNone, new(1, Free, Free)),
        new(new(2, Beside.NoWord, Beside.NoSign), Between.Any, new(1, Beside.NoWord, Beside.NoSign), Nesting.InnerLast, "strong", "em", Between.Any, new(3, Free, Beside.NoWord)),
        new(new(2, Beside.NoWord, Beside.NoSign), Between.Any, new(2, Beside.NoSign, Beside.NoWord), Nesting.Single, "strong"),
        new(new(1, Beside.NoWord, Beside.NoSign), Between.Any, new(1, Beside.NoSign, Beside.NoWord), Nesting.Single, "em"),
    ];

    /// <summary>Carets or tildes: two draw a line, one moves up or down.</summary>
    public static EmphasisForm[] Heights(CaretOptions options, string line, string height)
    {
        var smart = Single(2, Word, Start, Between.Any, Word, line);
        var plain = Single(2, Free, Solid, Between.PairedSigns, Free, line);
        var moved = Single(1, Free, Solid, Between.Solid, Free, height);
        return (options.Lines, options.Heights, options.Smart) switch
        {
            (true, true, true) =>
            [
                Single(3, Free, Start, Between.Solid, Free, line, height),
                Two(3, Free, Start, Between.Solid, 2, Word, Between.Solid, 1, Free, height, line),
                Two(3, Free, Start, Between.Solid, 1, Word, Between.Any, 2, Free, line, height),
                smart,
                moved,
            ],
            (true, true, false) =>
            [
                Single(3, Free, Solid, Between.SolidNoSign, Free, line, height),
                Two(3, Free, Start, Between.Solid, 2, Free, Between.Solid, 1, Free, height, line),
                Two(3, Free, Start, Between.Solid, 1, Free, Between.PairedSigns, 2, Free, line, height),
                Last(2, Free, Start, Between.PairedSigns, 1, Start, Between.Solid, line, height),
                plain,
                moved,
            ],
            (true, false, _) => [options.Smart ? smart : plain],
            (false, true, _) => [moved],
            _ => [],
        };
    }

    public static EmphasisForm[] Marked(bool smart) =>
        [smart ? Single(2, Word, Start, Between.Any, Word, "mark") : Single(2, Free, Solid, Between.PairedSigns, Free, "mark")];

    private static EmphasisForm Single(int count, Beside before, Beside start, Between content, Beside after, string outer, string inner = "") =>
        new(new(count, before, start), content, new(count, Beside.NoSpace, after), Nesting.Single, outer, inner);

    private static EmphasisForm Two(int open, Beside before, Beside start, Between first, int middle, Beside afterMiddle, Between second, int close, Beside after, string outer, string inner) =>
        new(new(open, before, start), first, new(middle, Beside.NoSpace, afterMiddle), Nesting.InnerFirst, outer, inner, second, new(close, Beside.NoSpace, after));

    private static EmphasisForm Last(int open, Beside before, Beside start, Between first, int middle, Beside afterMiddle, Between second, string outer, string inner) =>
        new(new(open, before, start), first, new(middle, Free, afterMiddle), Nesting.InnerLast, outer, inner, second, new(3, Beside.NoSpace, Free));
}
