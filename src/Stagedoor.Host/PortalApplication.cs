using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stagedoor.Data;
using Stagedoor.Host.Audit;
using Stagedoor.Host.CommandLine;
using Stagedoor.Host.Configuration;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Host.Environments;
using Stagedoor.Host.Events;
using Stagedoor.Host.Health;
using Stagedoor.Host.Http;
using Stagedoor.Host.Identity;
using Stagedoor.Host.Jobs;
using Stagedoor.Host.Loading;
using Stagedoor.Host.Marks;
using Stagedoor.Host.Notifications;
using Stagedoor.Host.Operations;
using Stagedoor.Host.People;
using Stagedoor.Host.PersonalSettings;
using Stagedoor.Host.Secrets;
using Stagedoor.Host.Shell;
using Stagedoor.Host.Shell.Find;
using Stagedoor.Host.Shell.Look;
using Stagedoor.Host.Shell.Theme;
using Stagedoor.Host.Starting;
using Stagedoor.Host.Telemetry;
using Stagedoor.Plugins;
using Stagedoor.UI;

namespace Stagedoor.Host;

/// <summary>Puts the portal together: configuration, plugins, services, and the way of a request through all of them.</summary>
internal static class PortalApplication
{
    /// <exception cref="CannotStartException">The configuration, the data directory or the sample is not as it must be.</exception>
    public static WebApplication Build(PortalSetup setup)
    {
        var configuration = setup.Configuration;
        var plugins = LoadPlugins(setup);
        DataFolder.Prepare(configuration.DataDirectory);

        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = "stagedoor",
            EnvironmentName = setup.Environment,
            ContentRootPath = setup.BaseDirectory,
        });

        // In development the framework would build every service once to see whether it can, and stop the portal for one
        // plugin's mistake. Each plugin is examined by PluginExamination instead.
        builder.Host.UseDefaultServiceProvider(provider =>
        {
            provider.ValidateOnBuild = false;
            provider.ValidateScopes = setup.IsDevelopment;
        });
        builder.Configuration.Sources.Clear();
        ((IConfigurationBuilder)builder.Configuration).Add(configuration.Source);
        var server = configuration.Get<ServerOptions>("server");
        ListenAs(builder, server);
        PortalLogging.Configure(builder.Logging, configuration.Get<LoggingOptions>("logging"));
        setup.Logging?.Invoke(builder.Logging);

        var services = builder.Services;
        services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = server.ShutdownTimeout;
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;

            // A request that takes its time must not use up the time in which work is handed back.
            host.ServicesStopConcurrently = true;
        });
        AddPortal(services, setup, server);
        foreach (var plugin in plugins.Active)
        {
            services.AddPluginOptions(configuration, plugin);
        }

        services.AddPlugins(plugins);
        services.WithoutEarlyKeys();
        var app = builder.Build();
        RequireEnvironments(app.Services);
        Use(app, server);
        Map(app, plugins, setup.BaseDirectory);
        return app;
    }

    private static PluginRegistry LoadPlugins(PortalSetup setup)
    {
        var configuration = setup.Configuration;
        var plugins = Portal.FindPlugins(configuration, setup.FirstParty, setup.Sample != Sample.None);
        var report = configuration.Check(plugins.All);
        if (!report.MayStart)
        {
            throw new CannotStartException(report.Text(), ExitCode.Usage);
        }

        foreach (var plugin in plugins.Active.ToList())
        {
            if (report.WhyNot(plugin.Id) is { } reason)
            {
                plugin.Leave(PluginState.Failed, reason);
            }
        }

        return plugins;
    }

    /// <summary>What is wrong with the list as a whole, such as a name twice, only shows when it is read.</summary>
    private static void RequireEnvironments(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IEnvironments>();
        }
        catch (InvalidOperationException e)
        {
            throw new CannotStartException(e.Message, ExitCode.Usage);
        }
    }

    private static void ListenAs(WebApplicationBuilder builder, ServerOptions server)
    {
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls([.. server.Urls.Select(url => url.OriginalString.TrimEnd('/'))]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = server.MaxBodySize.Bytes;
        });
        if (File.Exists(Path.Combine(AppContext.BaseDirectory, "stagedoor.staticwebassets.runtime.json")))
        {
            // Run from the build's output, assets lie in the projects; without this they would be answered empty.
            builder.WebHost.UseStaticWebAssets();
        }
    }

    private static void AddPortal(IServiceCollection services, PortalSetup setup, ServerOptions server)
    {
        var configuration = setup.Configuration;
        services.AddConfiguration(configuration);
        services.AddSingleton(setup);
        services.AddSingleton(new PluginFolderPath(configuration.PluginsFolder));

        // Storage
        var database = configuration.Get<DatabaseOptions>("database");
        services.AddSingleton(new DatabaseSettings
        {
            Postgres = database.Postgres,
            MaxConnections = database.MaxConnections,
            SqliteFile = Path.Combine(configuration.DataDirectory, "stagedoor.db"),
        });
        if (database.Postgres is null)
        {
            var taken = DataLock.Take(configuration.DataDirectory);
            services.AddSingleton(_ => taken);
        }

        services.AddDatabase();

        // Who is who
        services.AddPeople(setup);
        services.AddSingleton(IdentityFromConfiguration.Read(setup));
        services.AddSingleton<Callers>();
        services.AddSingleton<ICallerAccessor, CallerAccessor>();
        services.AddSingleton<SamplePersonCookie>();
        services.AddHttpContextAccessor();
        services.AddAuthorization();
        services.AddSingleton<IAuthorizationPolicyProvider, PermissionPolicies>();
        services.AddSingleton<IAuthorizationHandler, CallerAuthorization>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalStatus>();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "stagedoor-form";
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });

        // Rooms
        services.AddPortalDataProtection();
        services.AddJobs();
        services.AddOperations();
        services.AddAudit();
        services.AddNotifications();
        services.AddPersonalSettings();
        services.AddMarks();
        services.AddSecrets();
        services.AddEvents();
        services.AddTelemetry();
        services.AddSingleton<IBackgroundPart, PluginBackground>();
        services.AddSingleton<IReadFilter, EverythingForTheKnown>();
        services.AddSingleton<ICatalogContributions, CatalogContributions>();
        services.AddSingleton<IPortalFolders>(new PortalFolders(setup));
        services.AddSingleton<HealthChecks>();

        // Starting
        services.AddSingleton<PortalReadiness>();
        services.AddSingleton<StartFault>();
        services.AddSingleton<PluginSwitch>();
        services.AddHostedService<PortalStarter>();

        // Shell
        services.AddSingleton<PageAssemblies>();
        services.AddSingleton<PersonalLinks>();
        services.AddSingleton<ShellNavigation>();
        services.AddSingleton<ShellMarkup>();
        services.AddSingleton<PaletteSearch>();
        services.AddScoped<Toasts>();
        services.AddScoped<IToasts>(provider => provider.GetRequiredService<Toasts>());
        services.AddSingleton(PortalTheme.From(configuration.Get<PortalOptions>("portal")));
        services.AddRazorComponents();
        services.AddCascadingValue("PortalName", provider => provider.GetRequiredService<PortalTheme>().Name);
        services.AddCascadingValue("Organisation", provider => provider.GetRequiredService<PortalTheme>().Organisation ?? "");
        services.AddCascadingValue(provider =>
            provider.GetRequiredService<ICallerAccessor>().Of(provider.GetRequiredService<IHttpContextAccessor>().HttpContext!));

        services.AddCascadingValue(provider =>
            provider.GetRequiredService<IHttpContextAccessor>().HttpContext?.Features.Get<Appearance>()?.Clock ?? ReaderClock.Unknown);

        // HTTP manners
        services.AddOpenApi("v1", OpenApiDescription.Describe);
        services.AddProblemDetails();
        services.AddRateLimits(server.RateLimits);
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["text/html", "text/css", "text/plain", "text/javascript", "application/json", "application/problem+json", "image/svg+xml"];
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });
    }

    private static void Use(WebApplication app, ServerOptions server)
    {
        // The container lets go of it when the portal ends.
        app.Services.GetService<DataLock>();

        // It must listen before anything is measured.
        app.Services.GetRequiredService<PrometheusMetrics>();
        if (server.TrustForwardedHeaders)
        {
            var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
            app.UseForwardedHeaders(forwarded);
        }

        app.UseMiddleware<ResponseHeaders>();
        app.UseResponseCompression();
        app.UseMiddleware<StatusPages>();
        app.UseMiddleware<HostGuard>();
        app.UsePluginAssets();
        app.UseMiddleware<StartingGate>();
        app.UseRouting();
        app.UseMiddleware<IdentityMiddleware>();
        app.UseMiddleware<ReaderAppearance>();
        app.UseMiddleware<PluginGate>();
        if (RateLimits.AreSet(server.RateLimits))
        {
            app.UseRateLimiter();
        }

        app.UseMiddleware<OriginGuard>();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseMiddleware<EntityTags>();
    }

    private static void Map(WebApplication app, PluginRegistry plugins, string baseDirectory)
    {
        app.MapHealth();
        app.MapOpenApi("/openapi.json").RequireAuthorization();
        app.MapGet("/theme.css", (PortalTheme theme, HttpContext context) => theme.Serve(context)).Public().ExcludeFromDescription();
        app.MapPost("/theme", ReaderTheme.Choose).DisableAntiforgery().Public().ExcludeFromDescription();
        app.MapPost(AppearanceForm.Path, AppearanceForm.Handle).DisableAntiforgery().RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/speculation-rules.json", Speculation.Rules).Public().ExcludeFromDescription();
        app.MapGet("/config.schema.json", (LoadedConfiguration configuration) => TypedResults.Json(ConfigurationSchema.Build(plugins.All)))
            .RequireAuthorization().ExcludeFromDescription();
        app.MapJobs();
        app.MapOperations();
        app.MapAudit();
        app.MapPlugins();
        app.MapMarks();
        app.MapNotifications();
        app.MapPersonalSettings();

        var pages = app.MapRazorComponents<App>()
            .AddAdditionalAssemblies(app.Services.GetRequiredService<PageAssemblies>().Others)
            .RequireAuthorization();
        var manifest = Path.Combine(baseDirectory, "stagedoor.staticwebassets.endpoints.json");
        if (File.Exists(manifest))
        {
            app.MapStaticAssets(manifest).AllowAnonymous();
            pages.WithStaticAssets(manifest);
        }
    }
}
