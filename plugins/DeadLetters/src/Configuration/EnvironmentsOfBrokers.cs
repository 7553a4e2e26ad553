using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters.Configuration;

/// <summary>What a section alone cannot check: that the environments it names are environments of the portal.</summary>
internal static class EnvironmentsOfBrokers
{
    public static Task Check(IServiceProvider services, CancellationToken cancellationToken)
    {
        var environments = services.GetRequiredService<IEnvironments>();
        var options = services.GetRequiredService<IOptions<DeadLettersOptions>>().Value;
        var mistakes = Unknown(options, environments);
        return mistakes.Count == 0 ? Task.CompletedTask : throw new InvalidOperationException(string.Join(' ', mistakes));
    }

    internal static IReadOnlyList<string> Unknown(DeadLettersOptions options, IEnvironments environments)
    {
        var named = options.Brokers.Select((broker, i) => (At: FormattableString.Invariant($"dead-letters.brokers[{i}]"), Name: (string?)broker.Environment))
            .Concat(options.Naming.Select((rule, i) => (At: FormattableString.Invariant($"dead-letters.naming[{i}]"), Name: rule.Environment)))
            .Concat(options.Links.Select((link, i) => (At: FormattableString.Invariant($"dead-letters.links[{i}]"), Name: link.Environment)));
        return
        [
            .. named.Where(one => one.Name is not null && environments.Find(one.Name) is null)
                .Select(one => $"{one.At}.environment: there is no environment '{one.Name}'. There are {string.Join(", ", environments.All.Select(known => known.Name))}."),
        ];
    }
}
