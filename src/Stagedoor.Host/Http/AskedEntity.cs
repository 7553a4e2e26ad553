using Microsoft.AspNetCore.Http.HttpResults;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Http;

/// <summary>Checks which entity a program asks about, if it asks about one.</summary>
internal static class AskedEntity
{
    /// <summary>The refusal, unless this is a reference or nothing.</summary>
    public static ProblemHttpResult? Refusal(string? text, out EntityRef? entity)
    {
        entity = null;
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (!EntityRef.TryParse(text, provider: null, out var parsed))
        {
            return Refuse.Mistake($"'{text}' is not an entity reference. Write kind:namespace/name.");
        }

        entity = parsed;
        return null;
    }
}
