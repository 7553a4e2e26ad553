using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
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
        var jobs = routes.MapGroup("/api/portal/jobs").WithTags("jobs").RequireAuthorization();
        jobs.MapGet("/", List).WithName("ListJobs").WithSummary("All jobs, with what runs now and how they went last.").Requires(JobPermissions.Read);
        jobs.MapGet("/{name}", Find).WithName("GetJob").WithSummary("One job.").Requires(JobPermissions.Read);
        jobs.MapGet("/{name}/runs", Runs).WithName("ListJobRuns").WithSummary("The runs of a job, newest first.").Requires(JobPermissions.Read);
        jobs.MapPost("/{name}/run", Run).WithName("RunJob").WithSummary("Runs a job now, unless it is running.").Requires(JobPermissions.Run);
        jobs.MapPost("/{name}/pause", Pause).WithName("PauseJob").WithSummary("Keeps a job from running by its plan.").Requires(JobPermissions.Run);
        jobs.MapPost("/{name}/resume", Resume).WithName("ResumeJob").WithSummary("Lets a paused job run by its plan again.").Requires(JobPermissions.Run);
        jobs.MapPost("/{name}/cancel", Cancel).WithName("CancelJob").WithSummary("Ends what runs of a job, on whichever replica.").Requires(JobPermissions.Run);
    }

    private static async Task<Ok<JobListDto>> List(JobBoard board, CancellationToken cancellationToken)
    {
        var all = await board.List(cancellationToken);
        return TypedResults.Ok(new JobListDto([.. all.Select(JobDto.Of)], all.Count));
    }

    private static async Task<Results<Ok<JobDto>, ProblemHttpResult>> Find(string name, JobBoard board, CancellationToken cancellationToken) =>
        await board.Find(name, cancellationToken) is { } job ? TypedResults.Ok(JobDto.Of(job)) : Refuse(Steered.NoSuchJob(name));

    private static async Task<Results<Ok<JobRunListDto>, ProblemHttpResult>> Runs(
        string name, JobBoard board, CancellationToken cancellationToken, int offset = 0, int limit = 50)
    {
        if (offset < 0 || limit is < 1 or > MostRuns)
        {
            return TypedResults.Problem(
                $"offset must not be negative, and limit must be between 1 and {MostRuns}.", statusCode: StatusCodes.Status400BadRequest, title: "There is no such page");
        }

        if (await board.Find(name, cancellationToken) is not { } job)
        {
            return Refuse(Steered.NoSuchJob(name));
        }

        var (items, total) = await board.Runs(job.Job, offset, limit, cancellationToken);
        return TypedResults.Ok(new JobRunListDto([.. items.Select(JobRunDto.Of)], total));
    }

    private static async Task<Results<Accepted<SteeredDto>, ProblemHttpResult>> Run(
        string name, JobSteering steering, Caller caller, CancellationToken cancellationToken) => Answer(name, await steering.RunNow(name, caller, cancellationToken));

    private static async Task<Results<Accepted<SteeredDto>, ProblemHttpResult>> Pause(
        string name, JobSteering steering, Caller caller, CancellationToken cancellationToken) => Answer(name, await steering.Pause(name, caller, cancellationToken));

    private static async Task<Results<Accepted<SteeredDto>, ProblemHttpResult>> Resume(
        string name, JobSteering steering, Caller caller, CancellationToken cancellationToken) => Answer(name, await steering.Resume(name, caller, cancellationToken));

    private static async Task<Results<Accepted<SteeredDto>, ProblemHttpResult>> Cancel(
        string name, JobSteering steering, Caller caller, CancellationToken cancellationToken) => Answer(name, await steering.Cancel(name, caller, cancellationToken));

    /// <summary>Accepted, because another replica may be the one that does it, a moment later.</summary>
    private static Results<Accepted<SteeredDto>, ProblemHttpResult> Answer(string name, Steered steered) => steered.IsDone
        ? TypedResults.Accepted($"/api/portal/jobs/{Uri.EscapeDataString(name)}", new SteeredDto(steered.Says, steered.Run))
        : Refuse(steered);

    private static ProblemHttpResult Refuse(Steered steered) => steered.Outcome == SteerOutcome.NoSuchJob
        ? TypedResults.Problem(steered.Says, statusCode: StatusCodes.Status404NotFound, title: "There is no such job")
        : TypedResults.Problem(steered.Says, statusCode: StatusCodes.Status409Conflict, title: "That cannot be done now");
}
