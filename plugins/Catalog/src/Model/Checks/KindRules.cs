using System.Text.Json;
using Stagedoor.Catalog.Model.Documents;
using Stagedoor.Catalog.Model.Kinds;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Model.Checks;

/// <summary>What an entity's kind asks of it, and the company's own fields.</summary>
internal static class KindRules
{
    /// <summary>The kind of an entity; nothing, with a complaint, if it is not known in this version.</summary>
    public static KnownKind? Find(Envelope envelope, KnownKinds kinds, Complaints complaints)
    {
        if (envelope.Kind is null || !NameRules.IsKind(envelope.Kind))
        {
            return null;
        }

        var line = envelope.Root.Find("kind")!.Line;
        if (kinds.Find(envelope.Kind) is not { } known)
        {
            var names = kinds.Model.Kinds.Select(kind => kind.Name).ToList();
            var near = Nearest.To(envelope.Kind, names);
            complaints.Refuse(line, "kind", $"is '{envelope.Kind}', which is not known; known: {string.Join(", ", names)}{(near is null ? "" : $". Did you mean '{near}'?")}");
            return null;
        }

        if (envelope.ApiVersion is not null && NameRules.IsVersion(envelope.ApiVersion) && !known.Kind.ApiVersions.Contains(envelope.ApiVersion, StringComparer.Ordinal))
        {
            complaints.Refuse(
                envelope.Root.Find("apiVersion")!.Line,
                "apiVersion",
                $"is '{Shown.Text(envelope.ApiVersion)}'; {known.Kind.Name} is known in {string.Join(" and ", known.Kind.ApiVersions)}");
            return null;
        }

        return known;
    }

    /// <param name="json">The entity, as JSON.</param>
    public static void Check(Envelope envelope, KnownKind kind, ReadOnlyMemory<byte> json, Complaints complaints)
    {
        var form = kind.Form(envelope.Type);
        if (form.Schema is { } schema)
        {
            using var parsed = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = DocumentLimits.MaxDepth });
            if (!schema.Accepts(parsed.RootElement))
            {
                foreach (var problem in schema.Validate(parsed.RootElement))
                {
                    Tell(envelope.Root, problem, "", complaints);
                }
            }
        }

        foreach (var field in kind.Fields)
        {
            CheckField(envelope.Root, field, complaints);
        }

        WarnOfMisspelt(envelope, form, complaints);
    }

    private static void CheckField(MapNode root, KnownField field, Complaints complaints)
    {
        var value = root.At(field.Field.Path);
        if (value is null)
        {
            if (field.Field.Required)
            {
                complaints.Refuse(root.Line, field.Field.Path, $"is missing ({field.Field.Title})");
            }

            return;
        }

        if (field.Schema is { } schema)
        {
            foreach (var problem in schema.Validate(JsonElement.Parse(value.ToJson())))
            {
                var (line, below) = value.Locate(problem.Path);
                complaints.Refuse(line, below.Length == 0 ? field.Field.Path : $"{field.Field.Path}.{below}", problem.Message + Quotes(problem, value));
            }
        }
    }

    private static void Tell(MapNode root, SchemaProblem problem, string prefix, Complaints complaints)
    {
        var (line, field) = root.Locate(problem.Path);
        if (problem.Keyword != "required")
        {
            complaints.Refuse(line, prefix + field, problem.Message + (root.At(field) is { } value ? Quotes(problem, value) : ""));
            return;
        }

        var hint = problem.Message.IndexOf(". ", StringComparison.Ordinal);
        complaints.Refuse(line, field.Length == 0 ? problem.Expected : $"{field}.{problem.Expected}", "is missing" + (hint < 0 ? "" : problem.Message[hint..]));
    }

    private static string Quotes(SchemaProblem problem, Node value) => problem is { Keyword: "type", Expected: "string" } ? Shown.Quotes(value) : "";

    /// <summary>Other fields may stand in a spec, but one that is nearly a known one is most likely meant to be it.</summary>
    private static void WarnOfMisspelt(Envelope envelope, KindForm form, Complaints complaints)
    {
        if (envelope.Spec is not MapNode { Members.Count: < 100 } spec || form.SpecFields.Count == 0)
        {
            return;
        }

        string[]? unused = null;

        foreach (var member in spec.Members)
        {
            if (!Contains(form.SpecFields, member.Key)
                && Nearest.To(member.Key, unused ??= [.. form.SpecFields.Where(field => field.Length > 3 && spec.Find(field) is null)]) is { } near
                && !complaints.Has($"spec.{near}"))
            {
                complaints.Warn(member.Line, $"spec.{member.Key}", $"is not known for {envelope.Kind}. Did you mean {near}?");
            }
        }
    }

    private static bool Contains(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return true;
            }
        }

        return false;
    }
}
