using Stagedoor.Catalog.Model.Checks;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Model.Completion;

/// <summary>An entity in the hands of a processor. What is not allowed to be added is a complaint about the processor, not about the file.</summary>
internal sealed class Processing(Entity entity, string place, int line, EntityAdditions added, Complaints complaints, string processor) : EntityProcessing
{
    public override Entity Entity => entity;

    public override string Place => place;

    public override void Annotate(string key, string value)
    {
        if (!NameRules.IsKey(key))
        {
            Misuse($"the annotation '{Shown.Text(key)}': {NameRules.Key}");
        }
        else if (entity.Annotation(key) is null)
        {
            added.Annotations.TryAdd(key, value);
        }
    }

    public override void Label(string key, string value)
    {
        if (!NameRules.IsKey(key) || !(value.Length == 0 || NameRules.IsName(value)))
        {
            Misuse($"the label '{Shown.Text(key)}' with '{Shown.Text(value)}': {NameRules.Key}");
        }
        else if (entity.Label(key) is null)
        {
            added.Labels.TryAdd(key, value);
        }
    }

    public override void Tag(string tag)
    {
        if (!NameRules.IsTag(tag))
        {
            Misuse($"the tag '{Shown.Text(tag)}': {NameRules.Tag}");
        }
        else if (!entity.Tags.Contains(tag, StringComparer.Ordinal) && !added.Tags.Contains(tag, StringComparer.Ordinal))
        {
            added.Tags.Add(tag);
        }
    }

    public override void Relate(string type, string inverse, EntityRef target)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentException.ThrowIfNullOrEmpty(inverse);
        added.Relations.Add(new DerivedRelation(type, inverse, target));
    }

    public override void Refuse(string path, string message) => complaints.Refuse(line, path, message);

    private void Misuse(string what) => complaints.Refuse(line, "", $"The processor {processor} adds {what}.");
}
