using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Stagedoor.Graph;

[Description("The picture of what talks to what, and what depends on what.")]
public sealed class GraphOptions
{
    [Description("How many entities one graph holds at most. What does not fit is said, not drawn.")]
    [Range(50, 20_000)]
    public int MaxNodes { get; set; } = 5_000;

    [Description("How many relations one graph holds at most.")]
    [Range(50, 100_000)]
    public int MaxEdges { get; set; } = 20_000;

    [Description("Above so many entities a graph is grouped, unless its address says how.")]
    [Range(10, 5_000)]
    public int GroupAbove { get; set; } = 400;

    [Description("How many entities are looked for that depend on one.")]
    [Range(50, 100_000)]
    public int MaxImpact { get; set; } = 20_000;
}
