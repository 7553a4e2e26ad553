using Stagedoor.Plugins;
using Stagedoor.Sources;

namespace Stagedoor.Catalog.Pages.Detail.Repository;

/// <summary>Finds the people of the catalog behind the authors of commits, by the address of their mail.</summary>
internal static class KnownPeople
{
    public static async Task<IReadOnlyDictionary<string, Entity>> ByMail(IReadOnlyList<Contributor> contributors, ICatalog catalog, Caller caller, CancellationToken cancellationToken)
    {
        var mails = contributors.Take(ContributorsCard.MostShown).Select(contributor => contributor.Email).Where(mail => mail.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (mails.Count == 0)
        {
            return new Dictionary<string, Entity>(StringComparer.OrdinalIgnoreCase);
        }

        var found = await catalog.List(
            new EntityQuery { Filter = new EntityFilter.AllOf(EntityFilter.OfKind("user"), new EntityFilter.Has("spec.profile.email", mails)), Limit = mails.Count }, caller, cancellationToken);
        return found.Items.Where(person => person.Text("spec.profile.email") is not null)
            .GroupBy(person => person.Text("spec.profile.email")!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(people => people.Key, people => people.First(), StringComparer.OrdinalIgnoreCase);
    }
}
