using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stagedoor.Data;
using Stagedoor.Data.Migrations;
using Stagedoor.Data.Queues;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Starting;

internal static class DatabaseServices
{
    public static IServiceCollection AddDatabase(this IServiceCollection services)
    {
        services.AddSingleton(provider => Databases.Open(provider.GetRequiredService<DatabaseSettings>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IDatabase>(provider => provider.GetRequiredService<OpenDatabase>());
        services.AddSingleton<Migrator>();
        services.AddSingleton<IWorkQueue, WorkQueue>();
        return services;
    }
}
