using System.Text.Json;

namespace Stagedoor.Plugins;

internal sealed class ReferenceRule(SchemaNode target) : SchemaRule
{
    public override bool Check(JsonElement value, SchemaRun run)
    {
        var isRight = run.Descend() && target.Check(value, run);
        run.Ascend();
        return isRight;
    }
}

internal sealed class AllOfRule(SchemaNode[] all) : SchemaRule
{
    public override bool Check(JsonElement value, SchemaRun run)
    {
        var isRight = true;
        foreach (var node in all)
        {
            isRight &= node.Check(value, run);
            if (!isRight && run.Problems is null)
            {
                return false;
            }
        }

        return isRight;
    }
}

internal sealed class AnyOfRule(SchemaNode[] any) : SchemaRule
{
    public override bool Check(JsonElement value, SchemaRun run)
    {
        foreach (var node in any)
        {
            if (node.Accepts(value, run))
            {
                return true;
            }
        }

        return Closest.Tell("anyOf", any, value, run);
    }
}

internal sealed class OneOfRule(SchemaNode[] some) : SchemaRule
{
    public override bool Check(JsonElement value, SchemaRun run)
    {
        var first = -1;
        for (var i = 0; i < some.Length; i++)
        {
            if (!some[i].Accepts(value, run))
            {
                continue;
            }

            if (first >= 0)
            {
                return run.Fail("oneOf", $"{first},{i}", $"fits two of the {some.Length} forms of which exactly one is allowed: number {first + 1} and number {i + 1}");
            }

            first = i;
        }

        return first >= 0 || Closest.Tell("oneOf", some, value, run);
    }
}

internal sealed class NotRule(SchemaNode not) : SchemaRule
{
    public override bool Check(JsonElement value, SchemaRun run) =>
        !not.Accepts(value, run) || run.Fail("not", "", $"is {SchemaValues.ShowWhole(value)}, which is of a form that is not allowed");
}

internal sealed class ConditionRule(SchemaNode condition, SchemaNode? then, SchemaNode? otherwise) : SchemaRule
{
    public override bool Check(JsonElement value, SchemaRun run) => (condition.Accepts(value, run) ? then : otherwise)?.Check(value, run) ?? true;
}

/// <summary>Explains why a value has none of several forms by the one it comes closest to.</summary>
internal static class Closest
{
    public static bool Tell(string keyword, SchemaNode[] forms, JsonElement value, SchemaRun run)
    {
        if (run.Problems is not { } told)
        {
            return false;
        }

        List<SchemaProblem>? closest = null;
        foreach (var form in forms)
        {
            run.Problems = [];
            form.Check(value, run);
            if (run.Problems.Count > 0 && (closest is null || Distance(run.Problems) < Distance(closest)))
            {
                closest = run.Problems;
            }
        }

        run.Problems = told;
        var why = closest is [var problem, ..] ? $"; closest is one where it {(problem.Path.Length == 0 ? "" : $"({problem.Path}) ")}{problem.Message}" : "";
        return run.Fail(keyword, "", $"is {SchemaValues.ShowWhole(value)}, which is none of the {forms.Length} forms that are allowed{why}");
    }

    /// <summary>A mistake deep inside means that the form was meant; one at the top, such as the type, that it was not.</summary>
    private static int Distance(List<SchemaProblem> problems) =>
        problems.Count - (10 * problems.Max(problem => problem.Path.Count(letter => letter == '/'))) + (problems.Any(problem => problem.Keyword is "type" or "const") ? 5 : 0);
}
