using Stagedoor.Plugins;

namespace Acme.Birthdays;

/// <summary>A person's birthday, without the year: nobody's age is the portal's business.</summary>
public sealed record Birthday(EntityRef Person, int Month, int Day)
{
    public DateOnly NextAfter(DateOnly today)
    {
        var inYear = On(today.Year);
        return inYear >= today ? inYear : On(today.Year + 1);
    }

    public int DaysUntil(DateOnly today) => NextAfter(today).DayNumber - today.DayNumber;

    public static bool IsDate(int month, int day) => month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(2024, month);

    // Those born on 29 February celebrate on the 28th in other years.
    private DateOnly On(int year) => new(year, Month, Math.Min(Day, DateTime.DaysInMonth(year, Month)));
}
