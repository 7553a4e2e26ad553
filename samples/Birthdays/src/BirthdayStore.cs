using Stagedoor.Plugins;

namespace Acme.Birthdays;

/// <summary>All SQL of the plugin.</summary>
internal sealed class BirthdayStore(IDatabase database, TimeProvider clock)
{
    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    public async Task<IReadOnlyList<Birthday>> Next(int days, CancellationToken cancellationToken)
    {
        var all = await database.Query<Birthday>("select person, month, day from birthdays_people", cancellationToken);
        return [.. all.Where(birthday => birthday.DaysUntil(Today) <= days).OrderBy(birthday => birthday.DaysUntil(Today))];
    }

    public Task<Birthday?> Find(EntityRef person, CancellationToken cancellationToken) =>
        database.Find<Birthday>("select person, month, day from birthdays_people where person = @person", new { person }, cancellationToken);

    public Task Set(Birthday birthday, CancellationToken cancellationToken) => database.Execute(
        """
        insert into birthdays_people (person, month, day) values (@Person, @Month, @Day)
        on conflict (person) do update set month = excluded.month, day = excluded.day
        """,
        birthday,
        cancellationToken);
}
