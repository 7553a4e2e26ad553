using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Stagedoor.Plugins;

namespace Stagedoor.Data.Tests.Sqlite;

public sealed class KilledWriterTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("stagedoor-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(400)]
    public async Task A_writer_that_is_killed_at_any_moment_loses_nothing_it_reported_and_leaves_no_half_transaction(int after)
    {
        var file = Path.Combine(_directory, "stagedoor.db");
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true, Environment = { [WriterProcess.Variable] = file } };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(KilledWriterTests).Assembly.Location);
        }

        using var writer = Process.Start(start)!;
        var reported = 0;
        while (reported < after)
        {
            var line = await writer.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            reported = int.Parse(line.ShouldNotBeNull(), CultureInfo.InvariantCulture);
        }

        writer.Kill();
        await writer.WaitForExitAsync(TestContext.Current.CancellationToken);
        while (await writer.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && int.TryParse(line, CultureInfo.InvariantCulture, out var last))
        {
            reported = last;
        }

        await using var database = Databases.Open(new DatabaseSettings { SqliteFile = file }, NullLoggerFactory.Instance);
        var debit = await database.Query<int>("select n from debit order by n", TestContext.Current.CancellationToken);
        debit.Count.ShouldBeGreaterThanOrEqualTo(reported);
        debit.ShouldBe(Enumerable.Range(1, debit.Count));
        (await database.Query<int>("select n from credit order by n", TestContext.Current.CancellationToken)).ShouldBe(debit);
        (await database.Find<string>("pragma integrity_check", TestContext.Current.CancellationToken)).ShouldBe("ok");
    }
}
