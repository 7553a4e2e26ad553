using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Stagedoor.Host.Configuration.Types;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Configuration.Check;

/// <summary>Reads settings into an options object by its shape, and gathers every mistake on the way.</summary>
internal sealed class SettingsReader(string workingDirectory, List<Finding> findings)
{
    /// <summary>An object of the shape's type; what is not set, or is wrong, keeps its default.</summary>
    /// <param name="siblings">Other shapes that read the same section, and whose keys are therefore known. Nothing: unknown keys are not looked for.</param>
    public object Read(ObjectShape shape, SettingNode? node, string path, Origin where, IReadOnlyList<ObjectShape>? siblings)
    {
        var before = findings.Count(finding => finding.Kind == FindingKind.Mistake);
        var target = Activator.CreateInstance(shape.Type)!;
        var map = node as MapNode;
        if (node is not null and not MapNode and not ScalarNode { Text: null })
        {
            WrongNoun(shape, node, path, property: null);
            return target;
        }

        if (map is not null && siblings is not null)
        {
            FindUnknownKeys(map, path, [shape, .. siblings]);
        }

        foreach (var property in shape.Properties)
        {
            ReadProperty(property, target, map, path, where);
        }

        if (findings.Count(finding => finding.Kind == FindingKind.Mistake) == before)
        {
            ApplyOwnRules(shape, target, map, path, where);
        }

        return target;
    }

    /// <summary>A value of any shape; nothing if it is not set or is wrong.</summary>
    public object? Read(Shape shape, SettingNode node, string path, Origin where, PropertyShape? property)
    {
        switch (shape, node)
        {
            case (_, ScalarNode { Text: null }):
                return null;
            case (ObjectShape section, _):
                return Read(section, node, path, where, []);
            case (MapShape map, MapNode entries):
                return ReadMap(map, entries, path, property);
            case (ListShape list, ListNode items):
                return ReadList(list, items, path, property);
            case (ValueShape value, ScalarNode scalar) when value.TryParse(scalar.Text!, out var parsed):
                return property is { IsPath: true } && parsed is string relative
                    ? Path.GetFullPath(relative, scalar.Origin.File?.Directory ?? workingDirectory)
                    : parsed;
            case (ValueShape { Kind: ValueKind.Other } value, MapNode map) when value.TryParse(Json(map), out var parsed):
                // A type that is written as text may have a longer form.
                return parsed;
            case (ValueShape value, ScalarNode scalar):
                var isSecret = property?.IsSecret ?? Secrets.IsSecretKey(path);
                var shown = isSecret ? "what it is" : $"'{Shorten(Secrets.HideWithin(scalar.Text!))}'";
                Mistake(path, node, $"{path} must be {value.Expected}, not {shown}.", isSecret, Nearest.To(scalar.Text!, value.Choices) is { } near ? $"Did you mean {near}?" : null);
                return null;
            default:
                WrongNoun(shape, node, path, property);
                return null;
        }
    }

    private static string Json(MapNode map) => JsonSerializer.Serialize(
        map.Settings.Where(setting => setting.Value.Value is ScalarNode).ToDictionary(setting => setting.Key, setting => ((ScalarNode)setting.Value.Value).Text, StringComparer.Ordinal));

    private void ReadProperty(PropertyShape property, object target, MapNode? map, string path, Origin where)
    {
        var child = path.Length == 0 ? property.Key : $"{path}.{property.Key}";
        var setting = map?.Settings.GetValueOrDefault(property.Key);
        if (setting is null or { Value: ScalarNode { Text: null } })
        {
            if (property.IsRequired && property.Property.GetValue(target) is null or "" or default(Uri))
            {
                findings.Add(new Finding(child, setting?.KeyOrigin ?? where, $"{child} is missing.")
                {
                    Length = setting?.Key.Length ?? LengthAt(where),
                    Help = $"Add {property.Key}: {(property.Description is { } what ? Lower(what) : property.Shape.Expected + ".")}",
                });
            }

            return;
        }

        var count = findings.Count;
        var value = Read(property.Shape, setting.Value, child, setting.KeyOrigin, property);
        if (value is null || findings.Count > count)
        {
            return;
        }

        foreach (var rule in property.Rules)
        {
            var context = new ValidationContext(target) { DisplayName = child, MemberName = property.Property.Name };
            if (rule.GetValidationResult(value, context) is { } broken)
            {
                Mistake(child, setting.Value, Rules.Sentence(rule, broken, child, value, property), property.IsSecret, help: null);
            }
        }

        if (findings.Count == count)
        {
            property.Property.SetValue(target, value);
        }
    }

    private object ReadList(ListShape shape, ListNode node, string path, PropertyShape? property)
    {
        var itemType = shape.Item.Type;
        var items = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(itemType))!;
        for (var i = 0; i < node.Items.Count; i++)
        {
            var item = $"{path}[{i}]";
            if (node.Items[i] is ScalarNode { Text: null } empty)
            {
                Mistake(item, empty, $"{item} is empty.", isSecret: false, "Give it a value, or remove the line.");
            }
            else if (Read(shape.Item, node.Items[i], item, node.Items[i].Origin, property) is { } value)
            {
                items.Add(value);
            }
        }

        if (shape.Type.IsArray)
        {
            var array = Array.CreateInstance(itemType, items.Count);
            items.CopyTo(array, 0);
            return array;
        }

        return shape.Type.IsInstanceOfType(items) ? items : Fill(shape.Type, items);
    }

    private object ReadMap(MapShape shape, MapNode node, string path, PropertyShape? property)
    {
        var isOwnType = !shape.Type.IsInterface;
        var type = isOwnType ? shape.Type : typeof(Dictionary<,>).MakeGenericType(typeof(string), shape.Entry.Type);
        var entries = isOwnType ? Activator.CreateInstance(type)! : Activator.CreateInstance(type, StringComparer.OrdinalIgnoreCase)!;
        foreach (var (key, setting) in node.Settings)
        {
            var child = $"{path}.{key}";
            var value = setting.Value is ScalarNode { Text: null } && shape.Entry is ObjectShape section
                ? Activator.CreateInstance(section.Type)
                : Read(shape.Entry, setting.Value, child, setting.KeyOrigin, property);
            if (value is not null)
            {
                ((IDictionary)entries)[key] = value;
            }
        }

        return entries;
    }

    private void FindUnknownKeys(MapNode map, string path, IReadOnlyList<ObjectShape> shapes)
    {
        var known = shapes.SelectMany(shape => shape.Properties).Select(property => property.Key).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var setting in map.Settings.Values.Where(setting => !known.Contains(setting.Key, StringComparer.OrdinalIgnoreCase)))
        {
            var child = path.Length == 0 ? setting.Key : $"{path}.{setting.Key}";
            findings.Add(new Finding(child, setting.KeyOrigin, $"{child} is not a setting.")
            {
                Length = setting.Key.Length,
                IsUnknownKey = true,
                Help = Nearest.To(setting.Key, known) is { } near ? $"Did you mean {near}?"
                    : known.Count == 0 ? "There is nothing to set here."
                    : $"{path} knows {string.Join(", ", known)}.",
            });
        }
    }

    /// <summary>Rules that look at an object as a whole: those of its class, and its own <see cref="IValidatableObject"/>.</summary>
    private void ApplyOwnRules(ObjectShape shape, object target, MapNode? map, string path, Origin where)
    {
        var context = new ValidationContext(target) { DisplayName = path };
        var broken = shape.Type.GetCustomAttributes(typeof(ValidationAttribute), inherit: true).Cast<ValidationAttribute>()
            .Select(rule => rule.GetValidationResult(target, context))
            .Concat(target is IValidatableObject validatable ? validatable.Validate(context) : []);
        foreach (var result in broken.OfType<ValidationResult>())
        {
            var member = shape.Properties.FirstOrDefault(property => property.Property.Name == result.MemberNames.FirstOrDefault());
            var node = member is null ? null : map?.Find(member.Key);
            var child = member is null ? path : $"{path}.{member.Key}";
            findings.Add(new Finding(child, node?.Origin ?? where, Rules.AsSentence(result.ErrorMessage ?? "This does not fit together.", child))
            {
                Length = node is ScalarNode scalar ? scalar.Length : LengthAt(where),
                IsSecret = member?.IsSecret ?? false,
            });
        }
    }

    private void WrongNoun(Shape shape, SettingNode node, string path, PropertyShape? property) =>
        Mistake(path, node, $"{path} must be {shape.Expected}, not {node.Noun}.", property?.IsSecret ?? Secrets.IsSecretKey(path), help: null);

    private void Mistake(string path, SettingNode node, string message, bool isSecret, string? help) =>
        findings.Add(new Finding(path, node.Origin, message) { Length = node is ScalarNode scalar ? scalar.Length : 1, IsSecret = isSecret, Help = help });

    private static object Fill(Type type, IList items)
    {
        var own = Activator.CreateInstance(type)!;
        var add = type.GetMethod("Add")!;
        foreach (var item in items)
        {
            add.Invoke(own, [item]);
        }

        return own;
    }

    /// <summary>The length of the word at a place, for pointing at a key.</summary>
    private static int LengthAt(Origin where) =>
        where.File is { } file && where.Line >= 1 && where.Line <= file.Lines.Count && where.Column >= 1 && where.Column <= file.Lines[where.Line - 1].Length
            ? Math.Max(1, file.Lines[where.Line - 1][(where.Column - 1)..].TakeWhile(letter => letter is not (':' or ' ')).Count())
            : 1;

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "...";

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
