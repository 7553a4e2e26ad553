using System.Text;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail.Tools;

/// <summary>The address of a tool for an entity in one environment.</summary>
internal sealed record ToolLink(string Tool, DeploymentEnvironment Environment, string Address);

/// <summary>
/// Fills the addresses of tools that the configuration gives for each environment: <c>{entity.name}</c>, <c>{entity.namespace}</c>, <c>{entity.kind}</c>,
/// <c>{entity.type}</c>, <c>{entity.owner}</c>, <c>{entity.annotations.x}</c>, <c>{entity.labels.x}</c>, <c>{env.name}</c>, <c>{env.title}</c>. What is filled in is
/// escaped, so that an entity can change no more of an address than its part.
/// </summary>
internal static class ToolLinks
{
    private const int LongestAddress = 2000;

    public static IReadOnlyList<ToolLink> Of(Entity entity, IEnvironments environments) =>
    [
        .. environments.All.SelectMany(environment => environment.Links.Select(link => (Tool: link.Key, Environment: environment, Address: Fill(link.Value, entity, environment))))
            .Where(link => link.Address is not null)
            .Select(link => new ToolLink(link.Tool, link.Environment, link.Address!)),
    ];

    /// <summary>Nothing if the entity lacks what the template asks for: a link that leads nowhere helps nobody.</summary>
    public static string? Fill(string template, Entity entity, DeploymentEnvironment environment)
    {
        var filled = new StringBuilder();
        var rest = template.AsSpan();
        while (rest.IndexOf('{') is >= 0 and var open)
        {
            var length = rest[open..].IndexOf('}');
            if (length < 0)
            {
                break;
            }

            filled.Append(rest[..open]);
            if (Value(rest[(open + 1)..(open + length)].ToString(), entity, environment) is not { Length: > 0 } value)
            {
                return null;
            }

            // A value of dots alone is not escaped by anybody, and would lead up in a path.
            filled.Append(value.All(letter => letter == '.') ? value.Replace(".", "%2E", StringComparison.Ordinal) : Uri.EscapeDataString(value));
            rest = rest[(open + length + 1)..];
        }

        var address = filled.Append(rest).ToString();
        return address.Length <= LongestAddress && Uri.TryCreate(address, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https" ? address : null;
    }

    private static string? Value(string name, Entity entity, DeploymentEnvironment environment) => name switch
    {
        "entity.name" => entity.Name,
        "entity.namespace" => entity.Namespace,
        "entity.kind" => entity.Kind.ToLowerInvariant(),
        "entity.type" => entity.Type,
        "entity.title" => entity.Title,
        "entity.owner" => entity.Owner?.Name,
        "entity.system" => entity.Related("partOf").Where(whole => string.Equals(whole.Kind, "system", StringComparison.OrdinalIgnoreCase)).Select(whole => whole.Name).FirstOrDefault(),
        "env.name" => environment.Name,
        "env.title" => environment.Title,
        _ when name.StartsWith("entity.annotations.", StringComparison.Ordinal) => entity.Annotation(name["entity.annotations.".Length..]),
        _ when name.StartsWith("entity.labels.", StringComparison.Ordinal) => entity.Label(name["entity.labels.".Length..]),
        _ => null,
    };
}
