using Stagedoor.Plugins;

namespace Acme.Birthdays.Remind;

internal sealed class RemindBirthdays(BirthdayStore store, IDirectory directory, INotify notify) : IScheduledJob
{
    public async Task Run(JobContext job, CancellationToken cancellationToken)
    {
        var today = await store.Next(0, cancellationToken);
        foreach (var person in today.Select(birthday => directory.FindPerson(birthday.Person)).OfType<Person>())
        {
            var others = directory.People.Select(other => other.Ref).Where(other => other != person.Ref).ToList();
            await notify.Send(
                new Notification(others, "birthdays.today", $"It is {person.Name}'s birthday") { Href = "/birthdays", Key = $"birthday:{person.Ref}", Entity = person.Ref },
                cancellationToken);
        }

        job.Summary = today.Count == 1 ? "1 birthday today" : $"{today.Count} birthdays today";
    }
}
