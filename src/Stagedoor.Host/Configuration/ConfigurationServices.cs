using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Stagedoor.Host.Configuration.Check;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Host.Environments;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Configuration;

/// <summary>Makes the configuration and the options of host and plugins injectable.</summary>
internal static class ConfigurationServices
{
    public static IServiceCollection AddConfiguration(this IServiceCollection services, LoadedConfiguration configuration)
    {
        services.AddSingleton(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSection<PortalOptions>(configuration, "portal");
        services.AddSection<ServerOptions>(configuration, "server");
        services.AddSection<DataOptions>(configuration, "data");
        services.AddSection<DatabaseOptions>(configuration, "database");
        services.AddSection<IdentityOptions>(configuration, "identity");
        services.AddSection<PluginsOptions>(configuration, "plugins");
        services.AddSection<EnvironmentsOptions>(configuration, "environments");
        services.AddSection<JobsOptions>(configuration, "jobs");
        services.AddSection<OperationsOptions>(configuration, "operations");
        services.AddSection<TelemetryOptions>(configuration, "telemetry");
        services.AddSection<LoggingOptions>(configuration, "logging");
        services.AddSingleton<IEnvironments, ConfiguredEnvironments>();
        services.AddSingleton<IPortalFolders>(new PortalFolders(configuration));
        return services;
    }

    /// <summary>The options of a plugin, as it injects them. Call it for plugins whose section was found right.</summary>
    public static IServiceCollection AddPluginOptions(this IServiceCollection services, LoadedConfiguration configuration, LoadedPlugin plugin)
    {
        foreach (var options in plugin.Contributions.Options)
        {
            options.Accept(new Registration(services, configuration, plugin.Id));
        }

        return services;
    }

    private static void AddSection<TOptions>(this IServiceCollection services, LoadedConfiguration configuration, string section)
        where TOptions : class, new()
    {
        services.AddOptions<TOptions>();
        services.AddTransient<IOptionsFactory<TOptions>>(provider =>
            ActivatorUtilities.CreateInstance<SectionFactory<TOptions>>(provider, configuration, section));
    }

    private sealed class Registration(IServiceCollection services, LoadedConfiguration configuration, string section) : IOptionsVisitor
    {
        public void Visit<TOptions>()
            where TOptions : class, new() => services.AddSection<TOptions>(configuration, section);
    }

    /// <summary>Creates options by the same walk that checked them; what else a plugin configures comes on top.</summary>
    private sealed class SectionFactory<TOptions>(
        LoadedConfiguration configuration, string section,
        IEnumerable<IConfigureOptions<TOptions>> setups, IEnumerable<IPostConfigureOptions<TOptions>> afterwards, IEnumerable<IValidateOptions<TOptions>> validations)
        : OptionsFactory<TOptions>(setups, afterwards, validations)
        where TOptions : class, new()
    {
        protected override TOptions CreateInstance(string name)
        {
            var findings = new List<Finding>();
            var options = OptionsReading.Read<TOptions>(configuration, section, findings);
            return findings.Count == 0 ? options : throw new OptionsValidationException(name, typeof(TOptions), findings.Select(FindingText.Write));
        }
    }
}
