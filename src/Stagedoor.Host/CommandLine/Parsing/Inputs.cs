using System.CommandLine;
using System.CommandLine.Parsing;
using Stagedoor.Host.Configuration;
using Stagedoor.Host.Configuration.Types;
using Stagedoor.Plugins;

namespace Stagedoor.Host.CommandLine.Parsing;

/// <summary>Makes options and arguments that read durations, sizes, choices and the like as the configuration does, and refuse others in a sentence.</summary>
internal static class Inputs
{
    public static Option<T> Option<T>(string name, string description, string? helpName = null, params string[] aliases)
    {
        var option = new Option<T>(name, aliases) { Description = description, HelpName = helpName };
        if (ShapeOf<T>() is { } shape)
        {
            option.CustomParser = result => Parse<T>(result, shape, name);
            option.HelpName ??= shape.Kind == ValueKind.Choice ? string.Join('|', shape.Choices) : HelpName(shape);
            if (shape.Kind == ValueKind.Choice)
            {
                option.CompletionSources.Clear();
                option.CompletionSources.Add([.. shape.Choices]);
            }
        }

        return option;
    }

    public static Argument<T> Argument<T>(string name, string description)
    {
        var argument = new Argument<T>(name) { Description = description };
        if (ShapeOf<T>() is { } shape)
        {
            argument.CustomParser = result => Parse<T>(result, shape, name);
            if (shape.Kind == ValueKind.Choice)
            {
                argument.CompletionSources.Clear();
                argument.CompletionSources.Add([.. shape.Choices]);
            }
        }

        return argument;
    }

    /// <summary>Text, flags and lists are read by the parser itself.</summary>
    private static ValueShape? ShapeOf<T>() =>
        typeof(FileSystemInfo).IsAssignableFrom(typeof(T)) ? null
        : ValueShape.For(typeof(T)) is { Kind: not (ValueKind.Text or ValueKind.Boolean) } shape ? shape : null;

    private static T? Parse<T>(ArgumentResult result, ValueShape shape, string name)
    {
        if (result.Tokens.Count == 0)
        {
            return default;
        }

        var text = result.Tokens[^1].Value;
        if (shape.TryParse(text, out var value))
        {
            return (T?)value;
        }

        var near = Nearest.To(text, shape.Choices) is { } choice ? $" Did you mean {choice}?" : "";
        result.AddError($"{name} must be {shape.Expected}, not '{text}'.{near}");
        return default;
    }

    private static string HelpName(ValueShape shape) => shape.Kind switch
    {
        ValueKind.WholeNumber or ValueKind.Number => "N",
        ValueKind.Duration => "DURATION",
        ValueKind.Size => "SIZE",
        ValueKind.Address => "URL",
        _ => "VALUE",
    };
}
