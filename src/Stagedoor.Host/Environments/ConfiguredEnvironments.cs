using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Environments;

/// <summary>The environments of the configuration, or dev, staging and prod when it names none.</summary>
internal sealed class ConfiguredEnvironments(IReadOnlyList<DeploymentEnvironment> all) : IEnvironments
{
    public IReadOnlyList<DeploymentEnvironment> All { get; } = all;

    public DeploymentEnvironment? Find(string name) =>
        All.FirstOrDefault(environment => string.Equals(environment.Name, name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>What the host needs to know its environments.</summary>
internal static class EnvironmentsServices
{
    public static IServiceCollection AddEnvironments(this IServiceCollection services) =>
        services.AddSingleton<IEnvironments>(provider => new ConfiguredEnvironments(
            EnvironmentList.Read(provider.GetRequiredService<IConfiguration>().GetSection(EnvironmentList.Section).Get<List<EnvironmentSettings>>() ?? [])));
}
