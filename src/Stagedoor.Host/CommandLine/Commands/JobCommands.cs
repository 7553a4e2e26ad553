using Stagedoor.Host.CommandLine.Api;
using Stagedoor.Host.Http;
using Stagedoor.Plugins;

namespace Stagedoor.Host.CommandLine.Commands;

/// <summary><c>jobs</c>: what runs on a schedule.</summary>
internal static class JobCommands
{
    private static readonly CommandColumn<JobAnswer>[] Columns =
    [
        new("NAME", job => job.Name),
        new("SCHEDULE", job => job.Schedule),
        new("STATE", job => job.State),
        new("NEXT RUN", job => job.NextRunAt),
        new("LAST RUN", job => job.LastRun?.StartedAt),
        new("TOOK", job => job.LastRun?.Took),
        new("OUTCOME", job => job.LastRun?.Outcome),
        new("REMARK", job => job.Problem ?? job.LastRun?.Error ?? job.LastRun?.Summary),
    ];

    public static CommandBuilder Jobs() => new CommandBuilder("jobs", "See and steer what runs on a schedule.")
        .Command("list", "List jobs with their last and next runs.", list => list.Run(async (context, cancellationToken) =>
        {
            var jobs = await context.Portal.Get<ListAnswer<JobAnswer>>("/api/portal/jobs", cancellationToken);
            context.Output.Rows(jobs.Items, Columns);
            return ExitCode.Ok;
        }))
        .Command("run", "Run a job now, besides its schedule.", run => Steer(run, "run", "starts now."))
        .Command("pause", "Keep a job from starting until it is resumed.", pause => Steer(pause, "pause", "is paused."))
        .Command("resume", "Let a paused job start again as planned.", resume => Steer(resume, "resume", "is resumed."))
        .Command("cancel", "End the run of a job that is under way.", cancel => Steer(cancel, "cancel", "is told to stop."));

    private static void Steer(CommandBuilder command, string verb, string done)
    {
        var name = command.Argument<string>("name", "The job's name, such as releases.sync-releases.");
        command.Run(async (context, cancellationToken) =>
        {
            var job = context.Value(name)!;
            var answer = await context.Portal.Send<SteeredAnswer>(HttpMethod.Post, $"/api/portal/jobs/{Uri.EscapeDataString(job)}/{verb}", body: null, cancellationToken);
            context.Output.Note(answer.Message ?? $"{job} {done}");
            return ExitCode.Ok;
        });
    }
}
