using Stagedoor.Tests;

namespace Stagedoor.Plugins.Tests;

public sealed class PublicSurfaceTests
{
    [Fact]
    public void The_contract_is_as_it_was_approved() =>
        PublicSurface.ShouldBeApproved(PublicSurface.Of(typeof(IPlugin).Assembly), "PublicSurface.txt");
}
