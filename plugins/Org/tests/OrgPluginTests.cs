namespace Stagedoor.Org.Tests;

public sealed class OrgPluginTests
{
    [Fact]
    public void It_is_called_org() => new OrgPlugin().Info.Id.ShouldBe("org");
}
