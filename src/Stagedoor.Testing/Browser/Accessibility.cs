using System.Text;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Shouldly;

namespace Stagedoor.Testing.Browser;

/// <summary>Has axe look at a page, and says what it found so that it can be mended.</summary>
public static class Accessibility
{
    /// <summary>Fails when axe finds something serious or critical.</summary>
    public static async Task ShouldBeAccessible(this Visitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        var result = await visitor.Page.RunAxe();
        var serious = result.Violations.Where(violation => violation.Impact is "serious" or "critical").ToList();

        serious.Count.ShouldBe(0, Describe(visitor, serious));
    }

    private static string Describe(Visitor visitor, IReadOnlyList<AxeResultItem> violations)
    {
        var text = new StringBuilder().AppendLine($"{visitor.Page.Url} as {visitor.View}:");
        foreach (var violation in violations)
        {
            text.AppendLine($"  {violation.Impact} {violation.Id}: {violation.Help} ({violation.HelpUrl})");
            foreach (var node in violation.Nodes.Take(8))
            {
                text.AppendLine($"    {node.Target}  {node.Html}");
                foreach (var check in node.Any.Concat(node.All).Concat(node.None).Take(2))
                {
                    text.AppendLine($"      {check.Message}");
                }
            }

            if (violation.Nodes.Length > 8)
            {
                text.AppendLine($"    and {violation.Nodes.Length - 8} more");
            }
        }

        return text.ToString();
    }
}
