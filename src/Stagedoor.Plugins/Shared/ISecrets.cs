namespace Stagedoor.Plugins;

/// <summary>
/// Keeps secrets that must outlive a request: encrypted at rest, never listed, wiped when done. Hold the handle, not
/// the text, and never put the text into a log, a page or a message.
/// </summary>
public interface ISecrets
{
    /// <param name="purpose">What it is for; only the same purpose can read it back.</param>
    /// <param name="lifetime">After this it is wiped, whatever happens.</param>
    Task<SecretHandle> Keep(string purpose, string secret, TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>The secret, or nothing when it was wiped, has expired, or belongs to another purpose.</summary>
    Task<string?> Reveal(string purpose, SecretHandle handle, CancellationToken cancellationToken);

    Task Wipe(SecretHandle handle, CancellationToken cancellationToken);
}

/// <summary>What stands for a secret. Safe to store and to log.</summary>
public readonly record struct SecretHandle(Guid Id)
{
    public override string ToString() => $"secret:{Id:N}";
}
