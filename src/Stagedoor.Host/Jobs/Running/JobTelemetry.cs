using System.Diagnostics;
using System.Diagnostics.Metrics;
using Stagedoor.Host.Jobs.Planning;
using Stagedoor.Host.Jobs.Records;

namespace Stagedoor.Host.Jobs.Running;

/// <summary>Traces and measures of runs, under the name <c>Stagedoor.Jobs</c>.</summary>
internal sealed class JobTelemetry : IDisposable
{
    public const string Name = "Stagedoor.Jobs";

    private readonly ActivitySource _activities = new(Name);
    private readonly Counter<long> _runs;
    private readonly UpDownCounter<long> _running;
    private readonly Histogram<double> _duration;

    public JobTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _runs = meter.CreateCounter<long>("stagedoor.jobs.runs", "{run}", "Runs that have ended, by job and outcome.");
        _running = meter.CreateUpDownCounter<long>("stagedoor.jobs.running", "{run}", "Runs under way in this replica.");
        _duration = meter.CreateHistogram<double>("stagedoor.jobs.duration", "s", "How long runs took.");
    }

    public Activity? Begin(PlannedJob job, Firing firing)
    {
        _running.Add(1, new KeyValuePair<string, object?>("job", job.Name));
        var activity = _activities.StartActivity($"job {job.Name}");
        activity?.SetTag("job.name", job.Name).SetTag("job.run", firing.Run).SetTag("job.by_hand", firing.ByHand).SetTag("job.again", firing.Again);
        return activity;
    }

    public void End(Activity? activity, JobRun run, Exception? thrown)
    {
        var job = new KeyValuePair<string, object?>("job", run.Job);
        var outcome = new KeyValuePair<string, object?>("outcome", run.Outcome.Stored());
        _running.Add(-1, job);
        _runs.Add(1, job, outcome);
        _duration.Record(run.Took.GetValueOrDefault().TotalSeconds, job, outcome);
        activity?.SetTag("job.outcome", run.Outcome.Stored());
        if (run.Outcome is not JobOutcome.Succeeded)
        {
            activity?.SetStatus(ActivityStatusCode.Error, run.Error);
        }

        if (thrown is not null)
        {
            activity?.AddException(thrown);
        }
    }

    public void Dispose() => _activities.Dispose();
}
