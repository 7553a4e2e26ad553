using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Stagedoor.DeadLetters.Configuration;

/// <summary>How the name of a queue tells which service reads from it.</summary>
internal sealed class NamingRule : IValidatableObject
{
    [Description("A regular expression for the queue's name, with a group named service: ^(dev|prod)-k8s-.*_(?<service>[^_]+)$.")]
    [Required]
    public string Queue { get; set; } = "";

    [Description("The service, where the name does not hold it.")]
    public string? Service { get; set; }

    [Description("Only in this environment.")]
    public string? Environment { get; set; }

    internal Regex Pattern() => new(Queue, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var (pattern, mistake) = Compile();
        if (mistake is not null)
        {
            yield return new ValidationResult($"The pattern '{Queue}' cannot be read: {mistake}", [nameof(Queue)]);
        }
        else if (Service is null && !pattern!.GetGroupNames().Contains("service"))
        {
            yield return new ValidationResult($"The pattern '{Queue}' has no group named service, such as (?<service>[^_]+), and the rule names no service itself.", [nameof(Queue)]);
        }
    }

    private (Regex? Pattern, string? Mistake) Compile()
    {
        try
        {
            return (Pattern(), null);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or NotSupportedException)
        {
            return (null, unreadable.Message);
        }
    }
}

/// <summary>A link from a message to another tool.</summary>
internal sealed partial class LinkTemplate : IValidatableObject
{
    internal static readonly IReadOnlyList<string> Placeholders = ["env", "service", "queue", "messageId", "correlationId", "from", "to"];

    [Description("What it is called: Logs, Trace.")]
    [Required, StringLength(40)]
    public string Title { get; set; } = "";

    [Description("The address, with {env}, {service}, {queue}, {messageId}, {correlationId}, {from} and {to} (the minutes around the death). It is left out for messages that lack one.")]
    [Required]
    public string Url { get; set; } = "";

    [Description("Only in this environment.")]
    public string? Environment { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && !Url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            yield return new ValidationResult("A link begins with https:// or http://.", [nameof(Url)]);
        }

        foreach (Match match in Placeholder().Matches(Url))
        {
            if (!Placeholders.Contains(match.Groups["name"].Value))
            {
                yield return new ValidationResult($"A link knows no {match.Value}. There are {string.Join(", ", Placeholders.Select(name => $"{{{name}}}"))}.", [nameof(Url)]);
            }
        }
    }

    [GeneratedRegex(@"\{(?<name>[^{}]*)\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    internal static partial Regex Placeholder();
}
