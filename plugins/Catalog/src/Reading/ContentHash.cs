using System.Security.Cryptography;

namespace Stagedoor.Catalog.Reading;

/// <summary>The hash by which files are told apart where nobody else gives one.</summary>
internal static class ContentHash
{
    public static string Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>For a file that is there but cannot be read: another reason is another hash.</summary>
    public static string OfProblem(string problem) => "problem:" + Of(System.Text.Encoding.UTF8.GetBytes(problem))[..16];
}
