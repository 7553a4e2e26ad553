namespace Polaris.Messaging;

/// <summary>When to try a message again, and when to give it up.</summary>
public sealed record Attempts(int Most = 5)
{
    public TimeSpan? Before(int attempt) => attempt switch
    {
        < 1 => TimeSpan.Zero,
        _ when attempt >= Most => null,
        _ => TimeSpan.FromSeconds(Math.Pow(4, attempt)),
    };
}
