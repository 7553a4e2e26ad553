using System.Globalization;

namespace Stagedoor.Load;

/// <summary><c>load</c>: one address, one figure of each kind.</summary>
internal static class LoadCommand
{
    public static async Task<int> Run(Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Alone is not [var text] || !Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp)
        {
            throw new ArgumentException("Give one address, such as http://localhost:7007/. TLS is not spoken here.", nameof(arguments));
        }

        var plan = new LoadPlan(
            address,
            (int)Math.Max(1, arguments.Number("--connections", 8)),
            arguments.Number("--seconds", 10),
            (long)arguments.Number("--requests", long.MaxValue),
            [.. arguments.All("--header")]);
        if (arguments.Number("--warmup", 2) is > 0 and var warmup)
        {
            await LoadRun.Go(plan with { Seconds = warmup, Requests = long.MaxValue }, cancellationToken);
        }

        var result = await LoadRun.Go(plan, cancellationToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {plan.Address} over {plan.Connections} connections for {result.Seconds:0.0} s
              answers a second  {result.PerSecond,10:N0}
              p50 ms            {result.P50,10:0.00}
              p95 ms            {result.P95,10:0.00}
              p99 ms            {result.P99,10:0.00}
              max ms            {result.Max,10:0.00}
              bytes an answer   {result.BytesPerAnswer,10:N0}
              answers           {result.Answers,10:N0}
              errors            {result.Errors,10:N0}  {result.FirstError}
            """));
        return result.Errors == 0 && result.Answers > 0 ? 0 : 1;
    }
}
