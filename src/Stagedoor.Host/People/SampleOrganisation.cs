using Stagedoor.Host.CommandLine;
using Stagedoor.Host.Configuration;
using Stagedoor.Plugins;

namespace Stagedoor.Host.People;

/// <summary>The organisation that travels with the portal, for a first look and for trying things out.</summary>
internal static class SampleOrganisation
{
    public static readonly EntityRef Person = EntityRef.User("mae");

    public static readonly EntityRef Administrators = EntityRef.Group("portal-administrators");

    /// <summary>What the organisation sets in its portal.</summary>
    public static string Configuration(string baseDirectory) => Path.Combine(baseDirectory, "samples", "Organisation", PortalConfiguration.FileName);

    public static OrganisationDirectory Directory(PortalSetup setup)
    {
        if (setup.Sample == Sample.None)
        {
            return OrganisationDirectory.Empty;
        }

        var file = Path.Combine(setup.BaseDirectory, "samples", "Organisation", "org.yaml");
        try
        {
            var (people, groups) = OrganisationFile.Read(file);
            return new OrganisationDirectory(people, groups);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CannotStartException($"The sample organisation cannot be read: {e.Message}{Environment.NewLine}Start with --sample none, or install the portal anew.");
        }
    }
}
