using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Stagedoor.Plugins;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Data.Tests.Queries;

public abstract class TelemetryTests<TDatabase>(TDatabase fixture)
    where TDatabase : TestDatabase
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_statement_is_measured_and_traced_and_a_failure_is_marked()
    {
        var system = fixture.Database.Dialect == Dialect.Sqlite ? "sqlite" : "postgresql";
        var measured = new ConcurrentQueue<(object? Operation, object? Error)>();
        var traced = new ConcurrentQueue<(string Name, ActivityStatusCode Status, object? Sql)>();
        using var parent = new Activity("test").Start();
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument is { Meter.Name: "Stagedoor.Data", Name: "db.client.operation.duration" })
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            var all = tags.ToArray().ToDictionary();
            if (Equals(all["db.system.name"], system) && Activity.Current?.TraceId == parent.TraceId)
            {
                measured.Enqueue((all["db.operation.name"], all.GetValueOrDefault("error.type")));
            }
        });
        meters.Start();
        using var traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Stagedoor.Data",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == parent.TraceId)
                {
                    traced.Enqueue((activity.OperationName, activity.Status, activity.GetTagItem("db.query.text")));
                }
            },
        };
        ActivitySource.AddActivityListener(traces);

        await fixture.Database.Find<int>("select 1", Stop);
        await Should.ThrowAsync<System.Data.Common.DbException>(() => fixture.Database.Execute("delete from nowhere", Stop));

        measured.Select(each => each.Operation).ShouldBe(["find", "execute"]);
        measured.Select(each => each.Error is not null).ShouldBe([false, true]);
        traced.ShouldBe([("find", ActivityStatusCode.Unset, "select 1"), ("execute", ActivityStatusCode.Error, "delete from nowhere")]);
    }
}

public sealed class SqliteTelemetryTests(SqliteFixture fixture) : TelemetryTests<SqliteFixture>(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgresTelemetryTests(PostgresFixture fixture) : TelemetryTests<PostgresFixture>(fixture), IClassFixture<PostgresFixture>;
