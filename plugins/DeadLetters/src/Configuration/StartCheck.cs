using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Stagedoor.DeadLetters.Bodies;
using Stagedoor.DeadLetters.Understanding;
using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters.Configuration;

/// <summary>What a section alone cannot check: that the environments it names are the portal's, and that files can be read.</summary>
internal static class StartCheck
{
    public static async Task Run(IServiceProvider services, CancellationToken cancellationToken)
    {
        var mistakes = Unknown(services.GetRequiredService<IOptions<DeadLettersOptions>>().Value, services.GetRequiredService<IEnvironments>());
        if (mistakes.Count > 0)
        {
            throw new InvalidOperationException(string.Join(' ', mistakes));
        }

        // Reads the files that it names, and throws with a sentence where one is not right.
        services.GetRequiredService<BodySchemas>();
        await services.GetRequiredService<OwnerUpdates>().Refresh(cancellationToken);
    }

    internal static IReadOnlyList<string> Unknown(DeadLettersOptions options, IEnvironments environments)
    {
        var named = options.Brokers.Select((broker, i) => (At: FormattableString.Invariant($"dead-letters.brokers[{i}]"), Name: (string?)broker.Environment))
            .Concat(options.Naming.Select((rule, i) => (At: FormattableString.Invariant($"dead-letters.naming[{i}]"), Name: rule.Environment)))
            .Concat(options.Links.Select((link, i) => (At: FormattableString.Invariant($"dead-letters.links[{i}]"), Name: link.Environment)));
        return
        [
            .. named.Where(one => one.Name is not null && environments.Find(one.Name)?.Name != one.Name)
                .Select(one => $"{one.At}.environment: there is no environment '{one.Name}'. There are {string.Join(", ", environments.All.Select(known => known.Name))}."),
        ];
    }
}
