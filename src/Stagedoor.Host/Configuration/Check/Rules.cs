using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Stagedoor.Host.Configuration.Types;

namespace Stagedoor.Host.Configuration.Check;

/// <summary>Says in a sentence what a validation attribute found.</summary>
internal static class Rules
{
    public static string Sentence(ValidationAttribute rule, ValidationResult broken, string path, object value, PropertyShape property)
    {
        if (rule.ErrorMessage is not null || rule.ErrorMessageResourceName is not null)
        {
            return AsSentence(broken.ErrorMessage!, path);
        }

        var shown = property.IsSecret ? "what it is" : property.Shape is ValueShape ? $"'{Secrets.HideWithin(ValueShape.Write(value))}'" : "what it is";
        return rule switch
        {
            RequiredAttribute => $"{path} must not be empty.",
            RangeAttribute range => $"{path} must be {Bounds(range)}, not {shown}.",
            StringLengthAttribute length => $"{path} must have {(length.MinimumLength > 0 ? $"{length.MinimumLength} to " : "at most ")}{length.MaximumLength} characters.",
            MinLengthAttribute least => $"{path} must have at least {least.Length} {Things(value)}.",
            MaxLengthAttribute most => $"{path} must have at most {most.Length} {Things(value)}.",
            AllowedValuesAttribute allowed => $"{path} must be one of {string.Join(", ", allowed.Values)}, not {shown}.",
            RegularExpressionAttribute pattern => $"{path} must match the pattern {pattern.Pattern}, and {shown} does not.",
            UrlAttribute => $"{path} must be an address such as https://example.com, not {shown}.",
            EmailAddressAttribute => $"{path} must be an e-mail address, not {shown}.",
            _ => AsSentence(broken.ErrorMessage ?? "This value is not allowed", path),
        };
    }

    /// <summary>A message of an author, which may or may not name what it is about.</summary>
    public static string AsSentence(string message, string path)
    {
        var text = message.EndsWith('.') || message.EndsWith('!') || message.EndsWith('?') ? message : message + ".";
        return text.Contains(path, StringComparison.Ordinal) || path.Length == 0 ? text : $"{path}: {text}";
    }

    private static string Bounds(RangeAttribute range)
    {
        var (low, high) = (Write(range, range.Minimum), Write(range, range.Maximum));
        return IsLimit(range.Maximum) ? $"{low} or more"
            : IsLimit(range.Minimum) ? $"{high} or less"
            : $"between {low} and {high}";
    }

    private static bool IsLimit(object bound) => bound is int.MaxValue or int.MinValue or double.MaxValue or double.MinValue or double.PositiveInfinity or double.NegativeInfinity;

    private static string Write(RangeAttribute range, object bound) =>
        bound is string text && ValueShape.For(range.OperandType) is { } shape && shape.TryParse(text, out var value) ? ValueShape.Write(value!)
        : bound is TimeSpan duration ? Durations.Write(duration)
        : System.Convert.ToString(bound, CultureInfo.InvariantCulture)!;

    private static string Things(object value) => value is string ? "characters" : "entries";
}
