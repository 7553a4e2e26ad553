using Stagedoor.Plugins;

namespace Stagedoor.Host.People;

/// <summary>What differs from a directory: people and groups as they are now, or nothing for those that are gone.</summary>
internal sealed record OrganisationChanges(Dictionary<EntityRef, Person?> People, Dictionary<EntityRef, Group?> Groups)
{
    public bool IsEmpty => People.Count == 0 && Groups.Count == 0;

    /// <summary>Notes what an entity is now, if that is not what was known.</summary>
    public void Note(EntityRef reference, Entity? entity, OrganisationDirectory before)
    {
        if (OrganisationReading.IsPerson(reference))
        {
            var known = before.FindPerson(reference);
            var now = entity is null ? null : OrganisationReading.PersonOf(entity);
            if (known is null ? now is not null : now is null || !OrganisationReading.IsSame(known, now))
            {
                People[reference] = now;
            }
        }
        else
        {
            var known = before.FindGroup(reference);
            var now = entity is null ? null : OrganisationReading.GroupOf(entity);
            if (known is null ? now is not null : now is null || !OrganisationReading.IsSame(known, now))
            {
                Groups[reference] = now;
            }
        }
    }
}
