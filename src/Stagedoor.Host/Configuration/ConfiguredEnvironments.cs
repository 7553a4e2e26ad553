using Microsoft.Extensions.Options;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Configuration;

/// <summary>The environments of the configuration, in order.</summary>
internal sealed class ConfiguredEnvironments(IOptions<EnvironmentsOptions> options) : IEnvironments
{
    public IReadOnlyList<DeploymentEnvironment> All { get; } =
    [
        .. options.Value
            .Select((environment, index) => new DeploymentEnvironment(environment.Name, environment.Title ?? environment.Name, environment.Order ?? index, environment.Protected)
            {
                Links = environment.Links,
            })
            .OrderBy(environment => environment.Order),
    ];

    public DeploymentEnvironment? Find(string name) => All.FirstOrDefault(environment => string.Equals(environment.Name, name, StringComparison.OrdinalIgnoreCase));
}
