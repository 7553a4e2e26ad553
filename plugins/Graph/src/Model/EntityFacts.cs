using System.Text;
using System.Text.Json;
using Stagedoor.Plugins;

namespace Stagedoor.Graph.Model;

/// <summary>
/// What a picture says of an entity, read from its JSON in one go: of thousands of entities no object is made for each of
/// their relations.
/// </summary>
public sealed record EntityFacts(EntityRef Ref, string Kind)
{
    private const int LongestTitle = 120;
    private const int LongestDescription = 160;

    public string Title { get; private init; } = "";

    public string? Description { get; private init; }

    public string? Type { get; private init; }

    public string? Lifecycle { get; private init; }

    public EntityRef? Owner { get; private init; }

    /// <summary>The first group that a person is in.</summary>
    public EntityRef? Team { get; private init; }

    /// <summary>What it is a part of.</summary>
    public IReadOnlyList<EntityRef> Wholes { get; private init; } = [];

    public IEnumerable<EntityRef> Systems => Of("system");

    public EntityRef? System => Of("system").Select(system => (EntityRef?)system).FirstOrDefault();

    public EntityRef? Domain => Of("domain").Select(domain => (EntityRef?)domain).FirstOrDefault();

    public static EntityFacts Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var read = new Reading();
        Object(ref reader, read, Whole);

        var reference = new EntityRef(read.Kind ?? "unknown", read.Namespace ?? EntityRef.DefaultNamespace, read.Name ?? "unknown");
        return new EntityFacts(reference, reference.Kind)
        {
            Title = Cut(read.DisplayName ?? read.Title ?? reference.Name, LongestTitle),
            Description = read.Description is { } text ? Cut(text, LongestDescription) : null,
            Type = read.Type is { } type ? Cut(type, LongestTitle) : null,
            Lifecycle = read.Lifecycle is { } lifecycle ? Cut(lifecycle, LongestTitle) : null,
            Owner = read.Owner,
            Team = read.Team,
            Wholes = read.Wholes,
        };
    }

    /// <summary>One line, and not too long for a picture.</summary>
    internal static string Cut(string text, int most) => CutText.Line(text, most);

    private IEnumerable<EntityRef> Of(string kind) => Wholes.Where(whole => string.Equals(whole.Kind, kind, StringComparison.OrdinalIgnoreCase));

    private static void Object(ref Utf8JsonReader reader, Reading read, Property property)
    {
        if (!Opens(ref reader, JsonTokenType.StartObject))
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            property(ref reader, read);
        }
    }

    private static void Whole(ref Utf8JsonReader reader, Reading read)
    {
        if (reader.ValueTextEquals("kind"u8))
        {
            read.Kind = Text(ref reader);
        }
        else if (reader.ValueTextEquals("metadata"u8))
        {
            Object(ref reader, read, Metadata);
        }
        else if (reader.ValueTextEquals("spec"u8))
        {
            Object(ref reader, read, Spec);
        }
        else if (reader.ValueTextEquals("relations"u8))
        {
            Relations(ref reader, read);
        }
        else
        {
            reader.Skip();
        }
    }

    private static void Metadata(ref Utf8JsonReader reader, Reading read)
    {
        if (reader.ValueTextEquals("name"u8))
        {
            read.Name = Text(ref reader);
        }
        else if (reader.ValueTextEquals("namespace"u8))
        {
            read.Namespace = Text(ref reader);
        }
        else if (reader.ValueTextEquals("title"u8))
        {
            read.Title = Text(ref reader);
        }
        else if (reader.ValueTextEquals("description"u8))
        {
            read.Description = Text(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private static void Spec(ref Utf8JsonReader reader, Reading read)
    {
        if (reader.ValueTextEquals("type"u8))
        {
            read.Type = Text(ref reader);
        }
        else if (reader.ValueTextEquals("lifecycle"u8))
        {
            read.Lifecycle = Text(ref reader);
        }
        else if (reader.ValueTextEquals("profile"u8))
        {
            Object(ref reader, read, Profile);
        }
        else
        {
            reader.Skip();
        }
    }

    private static void Profile(ref Utf8JsonReader reader, Reading read)
    {
        if (reader.ValueTextEquals("displayName"u8))
        {
            read.DisplayName = Text(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    private static void Relations(ref Utf8JsonReader reader, Reading read)
    {
        if (!Opens(ref reader, JsonTokenType.StartArray))
        {
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            // Which comes first is not settled, so the target is kept as bytes until it is known whether it matters.
            var (owner, whole, team) = (false, false, false);
            ReadOnlySpan<byte> target = default;
            var escaped = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("type"u8))
                {
                    reader.Read();
                    owner = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("ownedBy"u8);
                    whole = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("partOf"u8);
                    team = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("memberOf"u8);
                }
                else if (reader.ValueTextEquals("targetRef"u8))
                {
                    reader.Read();
                    target = reader.TokenType == JsonTokenType.String ? reader.ValueSpan : default;
                    escaped = reader.ValueIsEscaped;
                }
                else
                {
                    reader.Skip();
                }
            }

            if ((owner || whole || (team && read.Team is null)) && EntityRef.TryParse(Unescaped(target, escaped), provider: null, out var reference))
            {
                read.Owner ??= owner ? reference : null;
                read.Team ??= team ? reference : null;
                if (whole)
                {
                    read.Wholes.Add(reference);
                }
            }
        }
    }

    private static string? Unescaped(ReadOnlySpan<byte> text, bool escaped) =>
        escaped ? JsonElement.Parse([(byte)'"', .. text, (byte)'"']).GetString() : Encoding.UTF8.GetString(text);

    private static bool Opens(ref Utf8JsonReader reader, JsonTokenType type)
    {
        reader.Read();
        if (reader.TokenType == type)
        {
            return true;
        }

        reader.Skip();
        return false;
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        reader.Skip();
        return null;
    }

    /// <summary>Reads the value of the property at which the reader stands, or skips it.</summary>
    private delegate void Property(ref Utf8JsonReader reader, Reading read);

    private sealed class Reading
    {
        public string? Kind { get; set; }

        public string? Namespace { get; set; }

        public string? Name { get; set; }

        public string? Title { get; set; }

        public string? DisplayName { get; set; }

        public string? Description { get; set; }

        public string? Type { get; set; }

        public string? Lifecycle { get; set; }

        public EntityRef? Owner { get; set; }

        public EntityRef? Team { get; set; }

        public List<EntityRef> Wholes { get; } = [];
    }
}
