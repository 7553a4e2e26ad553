using Stagedoor.Plugins;

namespace Stagedoor.Host.Jobs;

/// <summary>What one may do with the portal's jobs.</summary>
internal static class JobPermissions
{
    public const string ReadName = "portal.read-jobs";

    public const string RunName = "portal.run-jobs";

    public static readonly Permission Read = new(ReadName, "See the jobs, when they run and how they went.");

    public static readonly Permission Run = new(RunName, "Run jobs by hand, pause, resume and cancel them.");
}
