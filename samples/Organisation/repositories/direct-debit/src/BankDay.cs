namespace Polaris.DirectDebit;

/// <summary>A day on which the clearing works. There is no way to make one out of a Sunday.</summary>
public readonly record struct BankDay
{
    private BankDay(DateOnly day) => Day = day;

    public DateOnly Day { get; }

    public static BankDay OnOrAfter(DateOnly day, IHolidays holidays)
    {
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || holidays.Contains(day))
        {
            day = day.AddDays(1);
        }

        return new BankDay(day);
    }
}
