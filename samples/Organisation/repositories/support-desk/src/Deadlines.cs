namespace Polaris.Support;

/// <summary>A complaint is answered in fifteen bank days; with a good reason, which is told to the customer, in thirty-five.</summary>
public static class Deadlines
{
    public static int BankDays(Complaint complaint) => complaint.ReasonForDelay is { Length: > 0 } ? 35 : 15;
}
