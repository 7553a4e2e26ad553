using Stagedoor.Tests;

namespace Stagedoor.UI.Tests;

public sealed class PublicSurfaceTests
{
    [Fact]
    public void The_public_surface_is_the_approved_one() => PublicSurface.ShouldBeApproved(
        PublicSurface.Of(typeof(Page).Assembly, type => type.Namespace == "Stagedoor.UI"), "PublicSurface.txt");
}
