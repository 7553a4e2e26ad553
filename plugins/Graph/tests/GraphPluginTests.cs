namespace Stagedoor.Graph.Tests;

public sealed class GraphPluginTests
{
    [Fact]
    public void It_is_called_graph() => new GraphPlugin().Info.Id.ShouldBe("graph");
}
