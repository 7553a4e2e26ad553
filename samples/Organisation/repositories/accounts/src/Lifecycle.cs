namespace Polaris.Accounts;

/// <summary>The states of a current account and the ways between them. The statutes use these names.</summary>
public enum State
{
    Requested,
    Open,
    Blocked,
    Closing,
    Closed,
}

public static class Lifecycle
{
    public static bool May(State from, State to) => (from, to) switch
    {
        (State.Requested, State.Open) => true,
        (State.Open, State.Blocked or State.Closing) => true,
        (State.Blocked, State.Open or State.Closing) => true,
        (State.Closing, State.Open or State.Closed) => true,
        _ => false,
    };
}
