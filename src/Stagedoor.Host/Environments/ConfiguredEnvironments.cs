using Microsoft.Extensions.Options;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Environments;

/// <summary>The environments of the configuration in order, or dev, staging and prod when it names none.</summary>
internal sealed class ConfiguredEnvironments : IEnvironments
{
    private static readonly IReadOnlyList<DeploymentEnvironment> Usual =
    [
        new("dev", "Development", 1, Protected: false),
        new("staging", "Staging", 2, Protected: false),
        new("prod", "Production", 3, Protected: true),
    ];

    public ConfiguredEnvironments(IOptions<EnvironmentsOptions> options)
    {
        if (options.Value.GroupBy(environment => environment.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new InvalidOperationException($"Two environments in the configuration have the name '{twice.Key}'. A name stands for one; rename or remove the other.");
        }

        All = options.Value.Count == 0
            ? Usual
            : [.. options.Value
                .Select((environment, index) => new DeploymentEnvironment(
                    environment.Name, environment.Title ?? environment.Name, environment.Order ?? index, environment.Protected)
                {
                    Links = environment.Links,
                })
                .OrderBy(environment => environment.Order)];
    }

    public IReadOnlyList<DeploymentEnvironment> All { get; }

    public DeploymentEnvironment? Find(string name) =>
        All.FirstOrDefault(environment => string.Equals(environment.Name, name, StringComparison.OrdinalIgnoreCase));
}
