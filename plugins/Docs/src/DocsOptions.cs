using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Stagedoor.Docs;

/// <summary>How documentation is found and shown.</summary>
[Description("How documentation is found and shown.")]
internal sealed class DocsOptions : IValidatableObject
{
    [Description("Whether an entity's techdocs-ref may name another repository than the one that declares it. Whoever sees the entity then reads what lies there.")]
    public bool TrustOtherRepositories { get; set; }

    [Description("How long what is known of a repository is good before it is asked again. A refresh hook tells at once.")]
    public TimeSpan CheckEvery { get; set; } = TimeSpan.FromSeconds(15);

    [Description("A file whose abbreviations (*[SLA]: …) hold on every page, as docs:component/handbook/glossary.md.")]
    public string? Glossary { get; set; }

    [Description("A PlantUML server that draws diagrams, such as https://plantuml.example.com. Without one their source is shown.")]
    [Url]
    public string? PlantUml { get; set; }

    [Description("A Kroki server that draws diagrams in its many languages, such as https://kroki.example.com. Without one their source is shown.")]
    [Url]
    public string? Kroki { get; set; }

    [Description("A folder of this machine that is shown as the documentation of component:default/preview, whatever that says: for stagedoor docs serve.")]
    public string? Preview { get; set; }

    [Description("How many megabytes of rendered pages are kept in memory.")]
    [Range(1, 4096)]
    public int CacheMegabytes { get; set; } = 64;

    [Description("How many days without a change make documentation old.")]
    [Range(1, 10_000)]
    public int OldAfterDays { get; set; } = 365;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (CheckEvery <= TimeSpan.Zero)
        {
            yield return new ValidationResult("The time between two looks at a repository is longer than nothing.", [nameof(CheckEvery)]);
        }
    }
}
