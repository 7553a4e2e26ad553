using System.Text.Json;

namespace Stagedoor.Plugins;

/// <summary>A schema or subschema: the rules its keywords make. Filled after it is made, so that schemas can refer to themselves.</summary>
internal sealed class SchemaNode
{
    /// <summary>What the schemas <c>true</c> and <c>false</c> say; nothing for one with rules.</summary>
    public bool? Always { get; set; }

    public SchemaRule[] Rules { get; set; } = [];

    public bool Check(JsonElement value, SchemaRun run)
    {
        if (Always is { } always)
        {
            return always || run.Fail("false schema", "nothing", "must not be there");
        }

        var isRight = true;
        foreach (var rule in Rules)
        {
            if (!rule.Check(value, run))
            {
                isRight = false;
                if (run.Problems is null)
                {
                    return false;
                }
            }
        }

        return isRight;
    }

    /// <summary>The verdict only.</summary>
    public bool Accepts(JsonElement value, SchemaRun run)
    {
        var told = run.Problems;
        run.Problems = null;
        var isRight = Check(value, run);
        run.Problems = told;
        return isRight;
    }
}

/// <summary>What one keyword asks of a value.</summary>
internal abstract class SchemaRule
{
    /// <summary>Whether the value is right. What is wrong is told to the run.</summary>
    public abstract bool Check(JsonElement value, SchemaRun run);
}
