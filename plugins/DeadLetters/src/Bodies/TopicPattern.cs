namespace Stagedoor.DeadLetters.Bodies;

/// <summary>Patterns of routing keys as topic exchanges have them: <c>*</c> is one word, <c>#</c> any number of words.</summary>
internal static class TopicPattern
{
    public static bool Fits(string pattern, string key)
    {
        var (wanted, words) = (pattern.Split('.'), key.Length == 0 ? [] : key.Split('.'));

        // fits[j]: the words from j on fit the pattern from i on.
        var fits = new bool[words.Length + 1];
        fits[words.Length] = true;
        for (var i = wanted.Length - 1; i >= 0; i--)
        {
            var next = new bool[words.Length + 1];
            for (var j = words.Length; j >= 0; j--)
            {
                next[j] = wanted[i] == "#"
                    ? fits[j] || (j < words.Length && next[j + 1])
                    : j < words.Length && (wanted[i] == "*" || wanted[i] == words[j]) && fits[j + 1];
            }

            fits = next;
        }

        return fits[0];
    }
}
