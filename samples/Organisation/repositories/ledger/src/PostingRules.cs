namespace Polaris.Ledger;

/// <summary>Which kind of account may be booked against which.</summary>
public static class PostingRules
{
    private static readonly HashSet<(AccountClass Debit, AccountClass Credit)> Allowed =
    [
        (AccountClass.Customer, AccountClass.Clearing),
        (AccountClass.Clearing, AccountClass.Customer),
        (AccountClass.Customer, AccountClass.FeeIncome),
        (AccountClass.InterestExpense, AccountClass.Customer),
    ];

    public static Verdict Judge(Posting posting) => posting switch
    {
        { MinorUnits: <= 0 } => Verdict.Refused("An amount is more than nothing."),
        { Debit: var debit, Credit: var credit } when debit.Number == credit.Number => Verdict.Refused("Both lines are on one account."),
        { Debit.Class: var debit, Credit.Class: var credit } when !Allowed.Contains((debit, credit)) => Verdict.Refused($"{debit} may not be booked against {credit}."),
        _ => Verdict.Fine,
    };
}
