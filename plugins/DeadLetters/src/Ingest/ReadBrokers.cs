using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stagedoor.DeadLetters.Configuration;
using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters.Ingest;

/// <summary>Reads the dead letters of all brokers, each on its own: one that is away does not hold up the others. Replicas compete.</summary>
internal sealed class ReadBrokers(IOptions<DeadLettersOptions> options, Keeping keeping, BrokerStates states, TimeProvider time, ILoggerFactory logs) : IBackgroundWork
{
    public Task Run(CancellationToken stopping)
    {
        foreach (var off in options.Value.Brokers.Where(broker => !broker.Enabled))
        {
            states.Is(off.Name, off.Environment, BrokerStatus.Off, "It is switched off in the configuration.");
        }

        return Task.WhenAll(options.Value.Brokers.Where(broker => broker.Enabled)
            .Select(broker => new BrokerReader(broker, keeping, states, time, logs.CreateLogger<BrokerReader>()).Run(stopping)));
    }
}
