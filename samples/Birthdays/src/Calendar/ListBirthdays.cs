using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Acme.Birthdays.Calendar;

internal static class ListBirthdays
{
    internal sealed record Item(string Person, DateOnly Next, int InDays);

    public static async Task<Ok<List<Item>>> Handle(BirthdayStore store, IOptions<BirthdaysOptions> options, CancellationToken cancellationToken)
    {
        var birthdays = await store.Next(options.Value.DaysAhead, cancellationToken);
        return TypedResults.Ok(birthdays.Select(b => new Item(b.Person.ToString(), b.NextAfter(store.Today), b.DaysUntil(store.Today))).ToList());
    }
}
