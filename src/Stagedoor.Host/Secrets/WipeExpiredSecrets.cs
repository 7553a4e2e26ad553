using Stagedoor.Plugins;

namespace Stagedoor.Host.Secrets;

/// <summary>Deletes secrets whose time is over.</summary>
internal sealed class WipeExpiredSecrets(PortalSecrets secrets) : IScheduledJob
{
    public async Task Run(JobContext job, CancellationToken cancellationToken)
    {
        var wiped = await secrets.WipeExpired(cancellationToken);
        job.Summary = wiped == 1 ? "1 secret wiped" : $"{wiped} secrets wiped";
    }
}
