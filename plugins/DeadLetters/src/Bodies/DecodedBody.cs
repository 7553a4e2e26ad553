namespace Stagedoor.DeadLetters.Bodies;

/// <summary>What a body is, as people read it.</summary>
internal enum BodyForm
{
    Empty,
    Json,
    Text,

    /// <summary>Neither: shown byte by byte.</summary>
    Hex,
}

/// <summary>A body made readable.</summary>
/// <param name="Form">What the text is.</param>
/// <param name="Text">The body, laid out.</param>
/// <param name="How">The steps to it, such as "gzip, protobuf acme.Transfer".</param>
/// <param name="Problem">Why it could not be read as it should have been.</param>
/// <param name="IsCut">There is more of it than is shown.</param>
/// <param name="IsMasked">Sensitive fields are hidden.</param>
internal sealed record DecodedBody(BodyForm Form, string Text, IReadOnlyList<string> How, string? Problem, bool IsCut, bool IsMasked)
{
    /// <summary>It may hold what its reader may not see, and nobody can tell where.</summary>
    public bool IsWithheld { get; init; }
}
