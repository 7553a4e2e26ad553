using Stagedoor.Graph.Model;
using Stagedoor.Plugins;

namespace Stagedoor.Graph.Views;

/// <summary>What is drawn, and listed below it.</summary>
public sealed record GraphPicture(GraphRequest Request, IReadOnlyList<PictureNode> Nodes, IReadOnlyList<PictureEdge> Edges)
{
    public IReadOnlyList<PictureGroup> Groups { get; init; } = [];

    /// <summary>How it is grouped in the end.</summary>
    public Grouping GroupedBy { get; init; } = Grouping.None;

    /// <summary>There were so many that it grouped them without being asked.</summary>
    public bool GroupedUnasked { get; init; }

    /// <summary>How many entities the filter matches, drawn or not.</summary>
    public long Matching { get; init; }

    /// <summary>More entities than fitted.</summary>
    public bool NodesLeftOut { get; init; }

    /// <summary>Relations that did not fit.</summary>
    public int EdgesLeftOut { get; init; }

    /// <summary>Relations that others imply.</summary>
    public int EdgesImplied { get; init; }

    /// <summary>Roots that do not exist, or are not to be seen.</summary>
    public IReadOnlyList<EntityRef> UnknownRoots { get; init; } = [];
}

/// <param name="Facts">Nothing, if it is named and does not exist.</param>
/// <param name="Group">The number of its group, or -1.</param>
public sealed record PictureNode(EntityRef Ref, EntityFacts? Facts, int Distance, int Group)
{
    public string Title => Facts?.Title ?? EntityFacts.Cut(Ref.Name, 120);

    public string Kind => Facts?.Kind ?? Ref.Kind;
}

/// <summary>An arrow between two nodes, by their numbers; merged ones stand for several relations.</summary>
public sealed record PictureEdge(int From, int To, IReadOnlyList<RelationPair> Relations);

/// <param name="Ref">Nothing, if the group is no entity.</param>
public sealed record PictureGroup(string Title, EntityRef? Ref);

/// <summary>An arrow for one relation.</summary>
internal readonly record struct Arrow(int From, int To, RelationPair Pair);
