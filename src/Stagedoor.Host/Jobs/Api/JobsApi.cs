using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Host.Http;
using Stagedoor.Host.Jobs.Board;
using Stagedoor.Host.Jobs.Steering;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Jobs.Api;

/// <summary>The API of jobs, below <c>/api/portal/jobs</c>.</summary>
internal static class JobsApi
{
    private const int MostRuns = 200;

    public static void MapJobsApi(this IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/api/portal/jobs").WithTags("portal").RequireAuthorization();
        jobs.MapGet("/", List).WithName("ListJobs").WithSummary("All jobs, with what runs now and how they went last.").Requires(JobPermissions.Read);
        jobs.MapGet("/{name}", Find).WithName("GetJob").WithSummary("One job.").Requires(JobPermissions.Read);
        jobs.MapGet("/{name}/runs", Runs).WithName("ListJobRuns").WithSummary("The runs of a job, newest first.").Requires(JobPermissions.Read);
        jobs.MapPost("/{name}/run", Run).WithName("RunJob").WithSummary("Runs a job now, unless it is running.").Requires(JobPermissions.Run);
        jobs.MapPost("/{name}/pause", Pause).WithName("PauseJob").WithSummary("Keeps a job from running by its plan.").Requires(JobPermissions.Run);
        jobs.MapPost("/{name}/resume", Resume).WithName("ResumeJob").WithSummary("Lets a paused job run by its plan again.").Requires(JobPermissions.Run);
        jobs.MapPost("/{name}/cancel", Cancel).WithName("CancelJob").WithSummary("Ends what runs of a job, on whichever replica.").Requires(JobPermissions.Run);
    }

    private static async Task<Ok<ListAnswer<JobAnswer>>> List(JobBoard board, CancellationToken cancellationToken)
    {
        var all = await board.List(cancellationToken);
        return TypedResults.Ok(new ListAnswer<JobAnswer>([.. all.Select(JobAnswer.Of)], all.Count));
    }

    private static async Task<Results<Ok<JobAnswer>, ProblemHttpResult>> Find(string name, JobBoard board, CancellationToken cancellationToken) =>
        await board.Find(name, cancellationToken) is { } job ? TypedResults.Ok(JobAnswer.Of(job)) : Refused(Steered.NoSuchJob(name));

    private static async Task<Results<Ok<ListAnswer<JobRunAnswer>>, ProblemHttpResult>> Runs(
        string name, JobBoard board, CancellationToken cancellationToken, int offset = 0, int limit = Paging.Usual)
    {
        if (Paging.Refusal(offset, limit, MostRuns) is { } refusal)
        {
            return refusal;
        }

        if (await board.Find(name, cancellationToken) is not { } job)
        {
            return Refused(Steered.NoSuchJob(name));
        }

        var (items, total) = await board.Runs(job.Job, offset, limit, cancellationToken);
        return TypedResults.Ok(new ListAnswer<JobRunAnswer>([.. items.Select(JobRunAnswer.Of)], total));
    }

    private static async Task<Results<Accepted<SteeredAnswer>, ProblemHttpResult>> Run(
        string name, JobSteering steering, Caller caller, CancellationToken cancellationToken) => Answer(name, await steering.RunNow(name, caller, cancellationToken));

    private static async Task<Results<Accepted<SteeredAnswer>, ProblemHttpResult>> Pause(
        string name, JobSteering steering, Caller caller, CancellationToken cancellationToken) => Answer(name, await steering.Pause(name, caller, cancellationToken));

    private static async Task<Results<Accepted<SteeredAnswer>, ProblemHttpResult>> Resume(
        string name, JobSteering steering, Caller caller, CancellationToken cancellationToken) => Answer(name, await steering.Resume(name, caller, cancellationToken));

    private static async Task<Results<Accepted<SteeredAnswer>, ProblemHttpResult>> Cancel(
        string name, JobSteering steering, Caller caller, CancellationToken cancellationToken) => Answer(name, await steering.Cancel(name, caller, cancellationToken));

    /// <summary>Accepted, because another replica may be the one that does it, a moment later.</summary>
    private static Results<Accepted<SteeredAnswer>, ProblemHttpResult> Answer(string name, Steered steered) => steered.IsDone
        ? TypedResults.Accepted($"/api/portal/jobs/{Uri.EscapeDataString(name)}", new SteeredAnswer(steered.Says, steered.Run))
        : Refused(steered);

    private static ProblemHttpResult Refused(Steered steered) =>
        steered.Outcome == SteerOutcome.NoSuchJob ? Refuse.NoSuch("job", steered.Says) : Refuse.NotNow(steered.Says);
}
