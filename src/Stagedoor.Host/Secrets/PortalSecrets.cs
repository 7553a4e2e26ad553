using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Secrets;

/// <summary>Secrets as rows of <c>portal_secrets</c>, encrypted for their purpose.</summary>
internal sealed class PortalSecrets(IDatabase database, IDataProtectionProvider protection, TimeProvider time, ILogger<PortalSecrets> logger) : ISecrets
{
    private const int LongestSecret = 64 * 1024;
    private const int LongestPurpose = 200;
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(366);

    public async Task<SecretHandle> Keep(string purpose, string secret, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        Check(purpose);
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Length > LongestSecret)
        {
            throw new ArgumentException($"A secret has at most {LongestSecret:N0} characters.", nameof(secret));
        }

        if (lifetime <= TimeSpan.Zero || lifetime > LongestLifetime)
        {
            throw new ArgumentOutOfRangeException(nameof(lifetime), lifetime, $"A secret lives longer than no time and at most {LongestLifetime.TotalDays:0} days.");
        }

        var handle = new SecretHandle(Guid.NewGuid());
        await database.Execute(
            "insert into portal_secrets (id, purpose, protected_text, expires_at) values (@id, @purpose, @text, @expires)",
            new { id = handle.Id, purpose, text = Protector(purpose, handle).Protect(secret), expires = time.GetUtcNow() + lifetime },
            cancellationToken);
        return handle;
    }

    public async Task<string?> Reveal(string purpose, SecretHandle handle, CancellationToken cancellationToken)
    {
        Check(purpose);
        var text = await database.Find<string>(
            "select protected_text from portal_secrets where id = @id and purpose = @purpose and expires_at > @now",
            new { id = handle.Id, purpose, now = time.GetUtcNow() },
            cancellationToken);
        if (text is null)
        {
            return null;
        }

        try
        {
            return Protector(purpose, handle).Unprotect(text);
        }
        catch (CryptographicException problem)
        {
            logger.LogError(problem, "A secret ({Secret}) can no longer be read: its encryption key is gone, or its row was changed", handle);
            return null;
        }
    }

    public Task Wipe(SecretHandle handle, CancellationToken cancellationToken) =>
        database.Execute("delete from portal_secrets where id = @id", new { id = handle.Id }, cancellationToken);

    /// <summary>Deletes what has expired. Returns how many.</summary>
    public Task<int> WipeExpired(CancellationToken cancellationToken) =>
        database.Execute("delete from portal_secrets where expires_at <= @now", new { now = time.GetUtcNow() }, cancellationToken);

    // Bound to its row as well: the text of one secret put into the row of another cannot be read there.
    private IDataProtector Protector(string purpose, SecretHandle handle) => protection.CreateProtector("Stagedoor.Secrets", purpose, handle.ToString());

    private static void Check(string purpose)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(purpose);
        if (purpose.Length > LongestPurpose)
        {
            throw new ArgumentException($"A purpose has at most {LongestPurpose} characters.", nameof(purpose));
        }
    }
}
