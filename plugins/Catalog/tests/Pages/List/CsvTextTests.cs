using System.Text;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Tests.Pages.List;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a, b", "\"a, b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("  =1", "\"'  =1\"")]
    [InlineData("＝1", "\"'＝1\"")]
    [InlineData("a=b", "a=b")]
    public void A_cell_is_read_as_it_was_written_and_never_as_a_formula(string cell, string written)
    {
        var text = new StringBuilder();

        CsvText.Line(text, [cell, "x"]);

        text.ToString().ShouldBe($"{written},x\r\n");
    }
}
