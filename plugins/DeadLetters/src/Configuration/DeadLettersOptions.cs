using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Stagedoor.DeadLetters.Configuration;

[Description("Where dead letters come from, how they are understood, and how long they are kept.")]
internal sealed class DeadLettersOptions : IValidatableObject
{
    [Description("The brokers whose dead letters are read; several of one environment are possible.")]
    public IReadOnlyList<BrokerOptions> Brokers { get; set; } = [];

    [Description("How the name of a queue tells the service behind it. The first rule that fits counts.")]
    public IReadOnlyList<NamingRule> Naming { get; set; } = [];

    [Description("Names of fields in bodies and headers that only those see who may: iban, *password*. Case does not count.")]
    public IReadOnlyList<string> SensitiveFields { get; set; } = [];

    [Description("The header that says what a message is about, such as entity-id. Messages of one queue with the same value keep their order when they are redelivered; without it, those of a queue do.")]
    [StringLength(255)]
    public string? OrderKeyHeader { get; set; }

    [Description("Links from a message to logs, traces and the like.")]
    public IReadOnlyList<LinkTemplate> Links { get; set; } = [];

    [Description("How bodies that do not describe themselves are read.")]
    public SchemaOptions Schemas { get; set; } = new();

    public RetentionOptions Retention { get; set; } = new();

    public IngestOptions Ingest { get; set; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var twice in Brokers.GroupBy(broker => broker.Name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1))
        {
            yield return new ValidationResult($"Two brokers are called '{twice.Key}'. Give each a name of its own.", [nameof(Brokers)]);
        }

        foreach (var empty in SensitiveFields.Where(field => field.Trim().Length == 0 || field.Trim().All(sign => sign == '*')))
        {
            yield return new ValidationResult($"The sensitive field '{empty}' would mean every field. Name it, such as iban or *password*.", [nameof(SensitiveFields)]);
        }
    }
}

internal sealed class RetentionOptions
{
    [Description("How long redelivered messages are kept after they left.")]
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan Redelivered { get; set; } = TimeSpan.FromDays(30);

    [Description("How long deleted messages can be restored.")]
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan Deleted { get; set; } = TimeSpan.FromDays(14);

    [Description("How long messages that nobody handled are kept. Without it: until somebody does.")]
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan? Dead { get; set; }
}

internal sealed class IngestOptions
{
    [Description("How many messages one request of POST /api/dead-letters/ingest may carry.")]
    [Range(1, 10_000)]
    public int MostMessages { get; set; } = 1_000;

    [Description("How many megabytes one request may have.")]
    [Range(1, 256)]
    public int MostMegabytes { get; set; } = 32;
}
