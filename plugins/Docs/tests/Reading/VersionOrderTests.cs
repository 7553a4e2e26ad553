using Stagedoor.Docs.Reading;

namespace Stagedoor.Docs.Tests.Reading;

public sealed class VersionOrderTests
{
    [Theory]
    [InlineData("v1.0.0 v1.2.0 v1.10.0 v2.0.0-rc1 v2.0.0-rc2 v2.0.0-rc10 v2.0.0 v2.0.1 v10.0.0")]
    [InlineData("1.0 1.0.1 1.1 2")]
    [InlineData("ledger-9 ledger-10 wallet-1")]
    [InlineData("v2-x v2 v2+1 v2.1")]
    [InlineData("2024-12-31 2025-01-02 20250101")]
    [InlineData("01 1 99999999999999999999999999 100000000000000000000000000")]
    public void Numbers_count_and_what_comes_before_a_version_is_before_it(string names)
    {
        var inOrder = names.Split(' ');

        inOrder.Reverse().Order(VersionOrder.Instance).ShouldBe(inOrder);
    }
}
