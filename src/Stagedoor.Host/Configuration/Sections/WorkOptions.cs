using System.Collections.ObjectModel;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Stagedoor.Host.Configuration.Sections;

/// <summary>Schedules that differ from what a plugin says, by the job's name.</summary>
[Description("Schedules that differ from what a plugin says, by the job's name, such as releases.sync-releases.")]
internal sealed class JobsOptions() : Dictionary<string, JobOptions>(StringComparer.OrdinalIgnoreCase);

internal sealed class JobOptions : IValidatableObject
{
    [Description("The time between two starts. Either this or cron.")]
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan? Every { get; set; }

    [Description("A cron expression of six fields, seconds first, in UTC: '0 30 2 * * ?' is half past two every night.")]
    [RegularExpression(@"^\S+( +\S+){5,6}$", ErrorMessage = "A cron expression has six fields, seconds first, such as '0 30 2 * * ?'.")]
    public string? Cron { get; set; }

    [Description("A run that takes longer is ended.")]
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan? Timeout { get; set; }

    [Description("Each start is delayed by a random part of this.")]
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan? Jitter { get; set; }

    [Description("Whether the job rests until somebody resumes it.")]
    public bool? Paused { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Every is not null && Cron is not null)
        {
            yield return new ValidationResult("A job has either every or cron, not both.", [nameof(Cron)]);
        }
    }
}

/// <summary>Long-running work.</summary>
[Description("Long-running work.")]
internal sealed class OperationsOptions
{
    [Description("How many operations this replica works on at the same time.")]
    [Range(1, 100)]
    public int Concurrency { get; set; } = 4;

    [Description("How long finished operations are kept.")]
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(90);
}

/// <summary>The places where software runs, in the order of the way to production.</summary>
[Description("The places where software runs, such as dev, staging and prod.")]
internal sealed class EnvironmentsOptions : Collection<EnvironmentOptions>;

internal sealed class EnvironmentOptions
{
    [Description("As it stands in addresses: prod.")]
    [Required, RegularExpression("^[a-z0-9-]{1,32}$", ErrorMessage = "The name of an environment has small letters, digits and hyphens, at most 32.")]
    public string Name { get; set; } = "";

    [Description("As people read it. Default: the name.")]
    [StringLength(60)]
    public string? Title { get; set; }

    [Description("Its place on the way to production. Default: its place in the list.")]
    public int? Order { get; set; }

    [Description("Whether acting here deserves care: confirmations, approvals.")]
    public bool Protected { get; set; }

    [Description("Addresses of tools by name, with placeholders such as {entity.name}.")]
    public IReadOnlyDictionary<string, string> Links { get; set; } = new Dictionary<string, string>();
}
