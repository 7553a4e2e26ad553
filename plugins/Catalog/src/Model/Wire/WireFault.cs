using System.Text.Json;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Model.Wire;

/// <summary>An error as clients of Backstage's API know it: the name of a class, and a message.</summary>
internal sealed record WireFault(string Name, string Message)
{
    public static WireFault Input(string message, WireFault? cause = null) =>
        new("InputError", cause is null ? message : $"{message}; caused by {cause.Name}: {cause.Message}");

    /// <summary>A mistake that a schema finds, in the words of the validator that is used there.</summary>
    public static WireFault Of(SchemaProblem problem) => new("TypeError", $"{Short(problem)}{Parameters(problem)}");

    /// <summary>Without its parameters.</summary>
    public static string Short(SchemaProblem problem) => $"{(problem.Path.Length == 0 ? "<root>" : problem.Path)} {Predicate(problem)}";

    private static string Predicate(SchemaProblem problem) => problem.Keyword switch
    {
        "required" => $"must have required property '{problem.Expected}'",
        "type" => $"must be {problem.Expected}",
        "enum" => "must be equal to one of the allowed values",
        "const" => "must be equal to constant",
        "minLength" => $"must NOT have fewer than {problem.Expected} characters",
        "maxLength" => $"must NOT have more than {problem.Expected} characters",
        "minItems" => $"must NOT have fewer than {problem.Expected} items",
        "maxItems" => $"must NOT have more than {problem.Expected} items",
        "minimum" => $"must be >= {problem.Expected}",
        "maximum" => $"must be <= {problem.Expected}",
        "exclusiveMinimum" => $"must be > {problem.Expected}",
        "exclusiveMaximum" => $"must be < {problem.Expected}",
        "multipleOf" => $"must be multiple of {problem.Expected}",
        "pattern" => $"must match pattern \"{problem.Expected}\"",
        "format" => $"must match format \"{problem.Expected}\"",
        "additionalProperties" => "must NOT have additional properties",
        "anyOf" => "must match a schema in anyOf",
        "oneOf" => "must match exactly one schema in oneOf",
        _ => problem.Message,
    };

    private static string Parameters(SchemaProblem problem) => problem.Keyword switch
    {
        "required" => $" - missingProperty: {problem.Expected}",
        "type" => $" - type: {problem.Expected}",
        "enum" => $" - allowedValues: {problem.Expected}",
        "const" => $" - allowedValue: {problem.Expected}",
        "minLength" or "maxLength" or "minItems" or "maxItems" => $" - limit: {problem.Expected}",
        "minimum" => $" - comparison: >=, limit: {problem.Expected}",
        "maximum" => $" - comparison: <=, limit: {problem.Expected}",
        "exclusiveMinimum" => $" - comparison: >, limit: {problem.Expected}",
        "exclusiveMaximum" => $" - comparison: <, limit: {problem.Expected}",
        "multipleOf" => $" - multipleOf: {problem.Expected}",
        "pattern" => $" - pattern: {problem.Expected}",
        "format" => $" - format: {problem.Expected}",
        "additionalProperties" => $" - additionalProperty: {problem.Expected}",
        _ => "",
    };

    public static JsonSchema Schema(string name)
    {
        using var stream = typeof(WireFault).Assembly.GetManifestResourceStream($"{typeof(WireFault).Namespace}.{name}.json")
            ?? throw new InvalidOperationException($"The schema {name} is not in the assembly.");
        using var document = JsonDocument.Parse(stream);
        return JsonSchema.Parse(document.RootElement.Clone());
    }
}
