using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text.RegularExpressions;

namespace Stagedoor.Sources.Hosts;

/// <summary>Checks a host, or a list of them, as it is written in the configuration.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed partial class HostNamesAttribute : ValidationAttribute
{
    /// <summary>Whether ranges of addresses may stand among them.</summary>
    public bool OrRanges { get; init; }

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var wrong = (value is string one ? [one] : value as IEnumerable<string> ?? []).FirstOrDefault(name => !IsRight(name));
        return wrong is null
            ? ValidationResult.Success
            : new ValidationResult(OrRanges
                ? $"'{wrong}' is neither a host nor a range of addresses. Write git.example.com or 10.20.0.0/16."
                : $"'{wrong}' is not a host. Write its name alone, such as example.com, *.example.com or example.com:8443.");
    }

    private bool IsRight(string name) =>
        Name().IsMatch(name) || IPAddress.TryParse(name, out _) || (OrRanges && IPNetwork.TryParse(name, out _));

    [GeneratedRegex(@"^(\*\.)?([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.?)+(:[0-9]{1,5})?$|^\[[0-9a-f:.]+\](:[0-9]{1,5})?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
