using System.Text.Json;
using Stagedoor.Catalog.Model.Checks;
using Stagedoor.Catalog.Model.Documents;
using Stagedoor.Catalog.Model.Kinds;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Model.Wire;

/// <summary>
/// Judges one entity for <c>POST /validate-entity</c>. The verdict is the model's; the words and their order are those of
/// Backstage, because clients show and compare them.
/// </summary>
internal sealed class EntityValidation(EntityFiles files)
{
    private readonly JsonSchema _envelope = WireFault.Schema("envelope");
    private readonly JsonSchema _entity = WireFault.Schema("entity");

    /// <summary>Everything that is wrong; empty if the entity is right.</summary>
    public async Task<IReadOnlyList<WireFault>> Validate(JsonElement entity, string location, CancellationToken cancellationToken)
    {
        if (_envelope.Validate(entity) is [var broken, ..])
        {
            return [WireFault.Of(broken)];
        }

        if (LocationRefs.WhyNot(location) is { } wrong)
        {
            return [wrong];
        }

        if (!location.StartsWith("url:", StringComparison.Ordinal))
        {
            return [new WireFault("TypeError", $"Invalid location ref {location}, only 'url:<target>' is supported, e.g. url:https://host/path")];
        }

        var metadata = entity.GetProperty("metadata");
        var space = metadata.TryGetProperty("namespace", out var given) ? given.GetString()! : EntityRef.DefaultNamespace;
        var name = new EntityRef(entity.GetProperty("kind").GetString()!, space, metadata.GetProperty("name").GetString()!).ToString();
        if (_entity.Validate(entity) is [var malformed, ..])
        {
            return [WireFault.Input($"Policy check failed for {name}", new WireFault("Error", $"Malformed envelope, {WireFault.Short(malformed)}"))];
        }

        return await Judge(entity, location, name, cancellationToken);
    }

    private async Task<IReadOnlyList<WireFault>> Judge(JsonElement entity, string location, string name, CancellationToken cancellationToken)
    {
        var complaints = new Complaints(1);
        if (JsonDocuments.Read(entity) is { Root: { } root } && Envelope.Read(root, complaints) is { Kind: { } kindName, ApiVersion: { } version } envelope && !complaints.HasProblems)
        {
            if (files.Kinds.Find(kindName) is not { } kind || !kind.Kind.ApiVersions.Contains(version, StringComparer.Ordinal))
            {
                return [WireFault.Input($"No processor recognized the entity {name} as valid, possibly caused by a foreign kind or apiVersion")];
            }

            if (kind.Form(envelope.Type).Schema?.Validate(entity) is [var first, ..])
            {
                return [WireFault.Input($"Processor BuiltinKindsEntityProcessor threw an error while validating the entity {name}", WireFault.Of(first))];
            }
        }

        var reading = await files.Read(new DeclaredEntity(entity, location), location, EveryKind.Allowed, cancellationToken);
        return [.. reading.Problems.Select(problem => Told(problem, name))];
    }

    private static WireFault Told(EntityProblem problem, string name) => problem.Field.StartsWith("spec.", StringComparison.Ordinal)
        ? WireFault.Input("Processor BuiltinKindsEntityProcessor threw an error while postprocessing", new WireFault("TypeError", $"{problem.Field} {problem.Message}"))
        : WireFault.Input($"Policy check failed for {name}", new WireFault("Error", $"\"{problem.Field}\" is not valid; {problem.Message}"));
}
