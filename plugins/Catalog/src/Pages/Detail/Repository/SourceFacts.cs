using Microsoft.AspNetCore.Components;
using Stagedoor.Sources;

namespace Stagedoor.Catalog.Pages.Detail.Repository;

/// <summary>What an entity's folder tells of it.</summary>
/// <param name="Commit">At which commit; nothing for a folder of this machine.</param>
/// <param name="WhyNot">Why it could not be looked at.</param>
internal sealed record SourceFacts(string? Commit, Readme? Readme, IReadOnlyList<LanguageShare> Languages, IReadOnlyList<Contributor> Contributors, string? WhyNot)
{
    /// <summary>About how much memory it takes; nothing else in it has a size worth speaking of.</summary>
    public long Bytes => 1000 + (2L * (Readme?.Html.Value?.Length ?? 0)) + (200L * Contributors.Count);

    public static SourceFacts Unknown(string why) => new(null, null, [], [], why);
}

/// <summary>A readme, formatted.</summary>
/// <param name="Path">In the repository, or its name in the folder.</param>
/// <param name="Address">Where the code host shows it.</param>
internal sealed record Readme(string Path, string Blob, string? Address, MarkupString Html);
