namespace Stagedoor.Docs.Sites.MkDocs;

/// <summary>How many lines a navigation has at most, however its files name and include each other.</summary>
internal sealed class NavBudget(int most)
{
    private int _left = most;

    public bool IsSpent => _left <= 0;

    /// <summary>Whether there is room for one more.</summary>
    public bool Take() => _left-- > 0;
}
