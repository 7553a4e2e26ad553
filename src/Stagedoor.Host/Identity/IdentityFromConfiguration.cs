using System.Security.Cryptography;
using System.Text;
using Stagedoor.Host.CommandLine;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Host.People;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Identity;

internal static class IdentityFromConfiguration
{
    public static IdentitySettings Read(PortalSetup setup)
    {
        var options = setup.Configuration.Get<IdentityOptions>("identity");
        var administrators = options.Administrators.ToHashSet();
        if (setup.Sample != Sample.None)
        {
            administrators.Add(SampleOrganisation.Administrators);
        }

        return new IdentitySettings
        {
            Administrators = administrators,
            Tokens = [.. options.ServiceTokens.Select(token => new ServiceToken(token.Name, HashOf(token, setup), token.Roles))],
            WithoutSignIn = WithoutSignIn(setup, options),
            SamplePerson = SampleOrganisation.Person,
        };
    }

    /// <summary>Outside development nobody is anybody without having been configured.</summary>
    private static IdentitySource WithoutSignIn(PortalSetup setup, IdentityOptions options) =>
        !setup.IsDevelopment || !options.SampleSignIn ? IdentitySource.None
        : setup.Sample == Sample.None ? IdentitySource.Guest
        : IdentitySource.Sample;

    private static byte[] HashOf(ServiceTokenOptions token, PortalSetup setup)
    {
        if (token.Hash is { } hash)
        {
            return Convert.FromHexString(hash["sha256:".Length..]);
        }

        return setup.Configuration.Request.Variables.GetValueOrDefault(token.Variable!) is { Length: >= 16 } value
            ? SHA256.HashData(Encoding.UTF8.GetBytes(value))
            : throw new CannotStartException(
                $"The service token '{token.Name}' is to come from the environment variable {token.Variable}, which is not set or shorter than 16 characters.",
                ExitCode.Usage);
    }
}
