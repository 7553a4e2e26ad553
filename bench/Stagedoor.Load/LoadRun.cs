using System.Diagnostics;
using System.Net.Sockets;

namespace Stagedoor.Load;

/// <param name="Seconds">For how long at most.</param>
/// <param name="Requests">How many at most, over all connections.</param>
internal sealed record LoadPlan(Uri Address, int Connections, double Seconds, long Requests, IReadOnlyList<string> Headers);

/// <summary>What a run has shown. Latencies are in milliseconds, of answers that were a success.</summary>
internal sealed record LoadResult(long Answers, long Errors, double Seconds, long Bytes, double P50, double P95, double P99, double Max, string? FirstError)
{
    public double PerSecond => Answers / Seconds;

    public long BytesPerAnswer => Answers == 0 ? 0 : Bytes / Answers;
}

/// <summary>One request as it goes over the wire.</summary>
/// <param name="Check">Says what is wrong with an answer, of which head and body are kept for it; nothing if a success is enough.</param>
internal readonly record struct Question(ReadOnlyMemory<byte> Request, Func<Answer, string?>? Check = null);

/// <summary>Keeps a number of connections busy: each asks, waits for the whole answer, and asks again.</summary>
internal static class LoadRun
{
    /// <summary>Asks the same again and again.</summary>
    public static Task<LoadResult> Go(LoadPlan plan, CancellationToken cancellationToken)
    {
        var question = new Question(Connection.Request(plan.Address, plan.Headers));
        return Go(plan, _ => () => question, cancellationToken);
    }

    /// <summary>Asks what each connection's own source of questions comes up with.</summary>
    public static async Task<LoadResult> Go(LoadPlan plan, Func<int, Func<Question>> questions, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var left = new Counter(plan.Requests);
        var clock = Stopwatch.StartNew();
        var deadline = Stopwatch.GetTimestamp() + (long)(plan.Seconds * Stopwatch.Frequency);
        // A server that hangs must not hang the driver.
        time.CancelAfter(TimeSpan.FromSeconds(plan.Seconds + 30));
        var workers = await Task.WhenAll(Enumerable.Range(0, plan.Connections).Select(number => Task.Run(() => Work(plan, questions(number), left, deadline, time.Token), CancellationToken.None)));
        cancellationToken.ThrowIfCancellationRequested();
        var seconds = clock.Elapsed.TotalSeconds;

        var latencies = workers.SelectMany(worker => worker.Latencies).ToArray();
        Array.Sort(latencies);
        return new LoadResult(
            latencies.Length,
            workers.Sum(worker => worker.Errors),
            seconds,
            workers.Sum(worker => worker.Bytes),
            At(latencies, 0.50), At(latencies, 0.95), At(latencies, 0.99), At(latencies, 1),
            workers.Select(worker => worker.FirstError).FirstOrDefault(error => error is not null));
    }

    private static async Task<Worker> Work(LoadPlan plan, Func<Question> next, Counter left, long deadline, CancellationToken cancellationToken)
    {
        var worker = new Worker();
        while (Stopwatch.GetTimestamp() < deadline && !left.IsSpent)
        {
            try
            {
                await using var connection = new Connection();
                await connection.Open(plan.Address, cancellationToken);
                while (Stopwatch.GetTimestamp() < deadline && left.Take())
                {
                    var question = next();
                    var began = Stopwatch.GetTimestamp();
                    var answer = await connection.Ask(question.Request, keep: question.Check is not null, cancellationToken);
                    worker.Count(answer, Stopwatch.GetTimestamp() - began, question.Check);
                    if (answer.Last)
                    {
                        break;
                    }
                }
            }
            catch (Exception e) when (e is IOException or SocketException or InvalidDataException or FormatException or OperationCanceledException)
            {
                worker.Fail(e.Message);
                if (cancellationToken.IsCancellationRequested)
                {
                    break;
                }

                // A server that refuses would otherwise be asked a million times.
                await Task.Delay(20, CancellationToken.None);
            }
        }

        return worker;
    }

    private static double At(long[] sorted, double share) => sorted.Length == 0
        ? 0
        : sorted[(int)Math.Min(sorted.Length - 1, Math.Ceiling(share * sorted.Length) - 1)] * 1000.0 / Stopwatch.Frequency;

    private sealed class Worker
    {
        public List<long> Latencies { get; } = new(64 * 1024);

        public long Bytes { get; private set; }

        public long Errors { get; private set; }

        public string? FirstError { get; private set; }

        public void Count(Answer answer, long ticks, Func<Answer, string?>? check)
        {
            if (answer.Status is not (>= 200 and < 300))
            {
                Fail($"It answered {answer.Status}.");
            }
            else if (check?.Invoke(answer) is { } wrong)
            {
                Fail(wrong);
            }
            else
            {
                Latencies.Add(ticks);
                Bytes += answer.Bytes;
            }
        }

        public void Fail(string error)
        {
            Errors++;
            FirstError ??= error;
        }
    }

    private sealed class Counter(long limit)
    {
        private long _left = limit;

        public bool IsSpent => Interlocked.Read(ref _left) <= 0;

        public bool Take() => Interlocked.Decrement(ref _left) >= 0;
    }
}
