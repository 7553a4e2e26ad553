using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Stagedoor.Host.Audit;

/// <summary>
/// Computes the hash of an entry from all its fields and the hash before it. Each field is preceded by its length, so
/// that no two different entries are the same bytes.
/// </summary>
internal static class AuditChain
{
    /// <summary>What the first entry is chained to.</summary>
    public const string Beginning = "";

    public static string Hash(AuditRow row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Number(hash, row.Sequence);
        Number(hash, row.At.ToUnixTimeMilliseconds());
        Text(hash, row.Actor);
        Text(hash, row.ActorName);
        Text(hash, row.Action);
        Text(hash, row.Subject);
        Text(hash, row.Entity);
        Text(hash, row.Environment);
        Text(hash, row.StateBefore);
        Text(hash, row.StateAfter);
        Text(hash, row.Reason);
        Text(hash, row.RequestId);
        Text(hash, row.PreviousHash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Text(IncrementalHash hash, string? text)
    {
        if (text is null)
        {
            Number(hash, -1);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        Number(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Number(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
