namespace Stagedoor.Catalog.Engine.Refreshing;

/// <summary>What a reading of a place did, or would do.</summary>
internal sealed class RefreshOutcome
{
    public int Files { get; set; }

    public int Created { get; set; }

    public int Updated { get; set; }

    public int Deleted { get; set; }

    /// <summary>What was wrong in files, and entities it concerns.</summary>
    public int Problems { get; set; }

    public string? Error { get; set; }

    /// <summary>Entities whose deletion is held back.</summary>
    public IReadOnlyList<string> Held { get; set; } = [];

    public List<string> CreatedRefs { get; } = [];

    public List<string> UpdatedRefs { get; } = [];

    public List<string> DeletedRefs { get; } = [];

    public bool ChangedAnything => Created + Updated + Deleted > 0;
}
