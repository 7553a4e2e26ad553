using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Stagedoor.Catalog.Index.Queries;

/// <summary>Answers to the questions of late, never more than twice as many as it has room for.</summary>
internal sealed class KeptAnswers<T>(int room)
    where T : class
{
    /// <summary>Longer questions are not asked twice, and would fill the memory.</summary>
    private const int LongestQuestion = 2048;

    private ConcurrentDictionary<string, T> _young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, T> _old = new(StringComparer.Ordinal);
    private int _added;

    public bool TryGet(string question, [NotNullWhen(true)] out T? answer)
    {
        if (_young.TryGetValue(question, out answer))
        {
            return true;
        }

        if (!_old.TryGetValue(question, out answer))
        {
            return false;
        }

        Keep(question, answer);
        return true;
    }

    public void Keep(string question, T answer)
    {
        if (question.Length <= LongestQuestion && _young.TryAdd(question, answer) && Interlocked.Increment(ref _added) >= room)
        {
            Interlocked.Exchange(ref _added, 0);
            _old = Interlocked.Exchange(ref _young, new ConcurrentDictionary<string, T>(StringComparer.Ordinal));
        }
    }
}
