namespace Stagedoor.Data.Mapping;

/// <summary>What a value is to a database, whatever C# calls it.</summary>
internal enum Kind
{
    Text,
    Json,
    Id,
    Instant,
    Truth,
    Int,
    Whole,
    Real,
    Exact,
    Bytes,
    Day,
}
