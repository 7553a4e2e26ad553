using System.Globalization;
using System.Text;

namespace Stagedoor.Generate;

/// <summary>Writes one entity as a YAML document. What it says follows from seed, kind and number.</summary>
internal sealed class EntityWriter(GenerateOptions options, Population population)
{
    public void Write(StringBuilder text, Kind kind, int number)
    {
        var chance = Chance.For(options.Seed, kind, number);
        var name = Population.Name(kind, number);
        text.Append("apiVersion: backstage.io/v1alpha1\nkind: ").Append(Population.Written(kind)).Append("\nmetadata:\n  name: ").Append(name).Append('\n');
        if (Population.Namespace(kind, number) is var space and not "default")
        {
            text.Append("  namespace: ").Append(space).Append('\n');
        }

        if (options.Tiny)
        {
            text.Append("  tags: [").Append(Words.Tags[chance.Often(Words.Tags.Length)]).Append("]\n");
        }
        else
        {
            Metadata(text, kind, name, ref chance);
        }

        text.Append("spec:\n");
        switch (kind)
        {
            case Kind.Component:
                Component(text, number, ref chance);
                break;
            case Kind.Api:
                Field(text, "type", chance.One(Words.ApiTypes));
                Field(text, "lifecycle", chance.One(Words.Lifecycles));
                Owned(text, ref chance);
                Ref(text, "system", Kind.System, 0.8, ref chance);
                Definitions.Write(text, name, options.Tiny, ref chance);
                break;
            case Kind.Resource:
                Field(text, "type", chance.One(Words.ResourceTypes));
                Owned(text, ref chance);
                Ref(text, "system", Kind.System, 0.7, ref chance);
                List(text, "dependsOn", Kind.Resource, options.Tiny ? 0 : chance.Below(2), ref chance);
                break;
            case Kind.System:
                Owned(text, ref chance);
                Ref(text, "domain", Kind.Domain, 0.9, ref chance);
                break;
            case Kind.Domain:
                Owned(text, ref chance);
                if (number > 8 && chance.Happens(0.3))
                {
                    Field(text, "subdomainOf", Population.Ref(Kind.Domain, chance.Below(8)));
                }

                break;
            case Kind.Group:
                Group(text, number, name, ref chance);
                break;
            default:
                User(text, name, ref chance);
                break;
        }
    }

    private static void Metadata(StringBuilder text, Kind kind, string name, ref Chance chance)
    {
        if (chance.Happens(0.7))
        {
            Field(text, "title", Title(name));
        }

        text.Append("  description: ").Append(chance.One(Words.Verbs)).Append(' ').Append(chance.One(Words.Objects)).Append(' ').Append(chance.One(Words.Reasons)).Append(".\n");
        if (kind is Kind.Group or Kind.User)
        {
            return;
        }

        text.Append("  labels:\n    polaris.example/tier: ").Append(chance.One(Words.Tiers)).Append("\n    polaris.example/colony: ").Append(chance.One(Words.Colonies)).Append('\n');
        text.Append("  annotations:\n    github.com/project-slug: polaris/").Append(name).Append('\n');
        if (chance.Happens(0.6))
        {
            text.Append("    backstage.io/techdocs-ref: dir:.\n");
        }

        if (kind == Kind.Component && chance.Happens(0.5))
        {
            text.Append(CultureInfo.InvariantCulture, $"    pagerduty.com/integration-key: key-{chance.Next():x16}\n    backstage.io/kubernetes-id: {name}\n");
        }

        var tags = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = chance.Below(6); i > 0; i--)
        {
            tags.Add(Words.Tags[chance.Often(Words.Tags.Length)]);
        }

        if (tags.Count > 0)
        {
            text.Append("  tags:\n");
            foreach (var tag in tags)
            {
                text.Append("    - \"").Append(tag).Append("\"\n");
            }
        }

        if (chance.Happens(0.5))
        {
            text.Append("  links:\n    - url: https://dashboards.polaris.example/d/").Append(name).Append("\n      title: Dashboard\n      icon: dashboard\n");
            if (chance.Happens(0.5))
            {
                text.Append("    - url: https://runbooks.polaris.example/").Append(name).Append("\n      title: Runbook\n");
            }
        }
    }

    private void Component(StringBuilder text, int number, ref Chance chance)
    {
        Field(text, "type", chance.One(Words.Types));
        Field(text, "lifecycle", chance.One(Words.Lifecycles));
        Owned(text, ref chance);
        Ref(text, "system", Kind.System, 0.8, ref chance);
        if (options.Tiny)
        {
            return;
        }

        if (number > 0 && chance.Happens(0.04))
        {
            // Only of an earlier one, so that there is no circle.
            Field(text, "subcomponentOf", Population.Ref(Kind.Component, chance.Below(number)));
        }

        // Five components share an API's number; the first of them provides it.
        if (number % 5 == 0 && number / 5 < population.Of(Kind.Api))
        {
            text.Append("  providesApis:\n    - ").Append(Population.Ref(Kind.Api, number / 5)).Append('\n');
        }

        List(text, "consumesApis", Kind.Api, chance.Below(4), ref chance);
        var (components, resources) = (chance.Below(3), chance.Below(3));
        var dangles = chance.Happens(options.Dangling);
        if (components + resources == 0 && !dangles)
        {
            return;
        }

        text.Append("  dependsOn:\n");
        for (var i = 0; i < components; i++)
        {
            text.Append("    - ").Append(Population.Ref(Kind.Component, chance.Often(population.Of(Kind.Component)))).Append('\n');
        }

        for (var i = 0; i < resources; i++)
        {
            text.Append("    - ").Append(Population.Ref(Kind.Resource, chance.Below(population.Of(Kind.Resource)))).Append('\n');
        }

        if (dangles)
        {
            text.Append("    - component:default/retired-").Append(number).Append('\n');
        }
    }

    private void Group(StringBuilder text, int number, string name, ref Chance chance)
    {
        Field(text, "type", number < 8 ? "organisation" : chance.One(Words.GroupTypes));
        if (!options.Tiny)
        {
            text.Append("  profile:\n    displayName: ").Append(Title(name)).Append("\n    email: ").Append(name).Append("@polaris.example\n");
        }

        if (number > 0)
        {
            Field(text, "parent", Population.Name(Kind.Group, (number - 1) / 8));
        }

        text.Append("  children: []\n");
    }

    private void User(StringBuilder text, string name, ref Chance chance)
    {
        if (!options.Tiny)
        {
            text.Append("  profile:\n    displayName: ").Append(Title(name)).Append("\n    email: ").Append(name).Append("@polaris.example\n");
        }

        text.Append("  memberOf:\n");
        for (var i = options.Tiny ? 1 : 1 + chance.Below(3); i > 0; i--)
        {
            text.Append("    - ").Append(Population.Name(Kind.Group, chance.Below(population.Of(Kind.Group)))).Append('\n');
        }
    }

    /// <summary>Few groups own very much. Some owners are people.</summary>
    private void Owned(StringBuilder text, ref Chance chance)
    {
        if (chance.Happens(0.03))
        {
            Field(text, "owner", Population.Ref(Kind.User, chance.Below(population.Of(Kind.User))));
            return;
        }

        var group = chance.Often(population.Of(Kind.Group));
        text.Append("  owner: group:default/").Append(Population.Name(Kind.Group, group)).Append('\n');
    }

    private void Ref(StringBuilder text, string field, Kind kind, double probability, ref Chance chance)
    {
        if (chance.Happens(probability))
        {
            var number = chance.Often(population.Of(kind));
            text.Append("  ").Append(field).Append(": ").Append(Population.Namespace(kind, number)).Append('/').Append(Population.Name(kind, number)).Append('\n');
        }
    }

    private void List(StringBuilder text, string field, Kind kind, int count, ref Chance chance)
    {
        for (var i = 0; i < count; i++)
        {
            if (i == 0)
            {
                text.Append("  ").Append(field).Append(":\n");
            }

            text.Append("    - ").Append(Population.Ref(kind, chance.Often(population.Of(kind)))).Append('\n');
        }
    }

    private static void Field(StringBuilder text, string field, string value) => text.Append("  ").Append(field).Append(": ").Append(value).Append('\n');

    private static string Title(string name)
    {
        var title = name.Replace('-', ' ').ToCharArray();
        for (var i = 0; i < title.Length; i++)
        {
            if (i == 0 || title[i - 1] == ' ')
            {
                title[i] = char.ToUpperInvariant(title[i]);
            }
        }

        return new string(title);
    }
}
