namespace Stagedoor.Host.Texts;

/// <summary>How states, outcomes and levels are written in the database and in addresses: <c>running</c>.</summary>
internal static class Words
{
    public static string Word<TEnum>(this TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();

    public static TEnum Read<TEnum>(string word)
        where TEnum : struct, Enum => Enum.Parse<TEnum>(word, ignoreCase: true);

    /// <summary>Reads a word somebody typed: only names count, not numbers.</summary>
    public static bool TryRead<TEnum>(string? word, out TEnum value)
        where TEnum : struct, Enum
    {
        value = default;
        return !string.IsNullOrEmpty(word) && char.IsLetter(word[0]) && Enum.TryParse(word, ignoreCase: true, out value) && Enum.IsDefined(value);
    }
}
