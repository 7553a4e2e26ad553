namespace Polaris.Savings;

/// <summary>Interest of one day, exact to the millionth of a cent. It is rounded once, when it is paid.</summary>
public static class Accrual
{
    public static Int128 OfDay(long minorUnits, int rateInMillionths, int daysOfYear) =>
        (Int128)minorUnits * rateInMillionths * 1_000_000 / (daysOfYear * 1_000_000L);
}
