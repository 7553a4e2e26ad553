using Microsoft.Extensions.Logging;
using Xunit;

namespace Stagedoor.Testing.Logging;

/// <summary>Sends what is logged to the output of the test that is running, where it is shown when that test fails.</summary>
public static class TestOutput
{
    /// <summary>To be called by the test, or by its class: the test is the one that is current then.</summary>
    public static ILoggingBuilder AddTestOutput(this ILoggingBuilder logging) => logging.AddProvider(new Provider(TestContext.Current.TestOutputHelper));

    private sealed class Provider(ITestOutputHelper? output) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Logger(categoryName, output);

        public void Dispose()
        {
        }
    }

    private sealed class Logger(string category, ITestOutputHelper? output) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => output is not null && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            try
            {
                output!.WriteLine($"{logLevel} {category}: {formatter(state, exception)}{(exception is null ? "" : $"\n{exception}")}");
            }
            catch (InvalidOperationException)
            {
                // The test is over, and what it started is still on its way to its end: nobody is there to read.
            }
        }
    }
}
