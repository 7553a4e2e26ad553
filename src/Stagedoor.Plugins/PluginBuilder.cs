using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Stagedoor.Plugins;

/// <summary>
/// Records what a plugin contributes; the host commits it. Pages need no line here: every component of the plugin's
/// assembly with <c>@page</c> is one. Migrations need none either: every embedded <c>Migrations/0001_what.sql</c> is one.
/// </summary>
public sealed class PluginBuilder
{
    internal PluginBuilder(PluginInfo info) => Info = info;

    public PluginInfo Info { get; }

    /// <summary>Services of the plugin, in the portal's container. The contract's own services cannot be replaced.</summary>
    public IServiceCollection Services { get; } = new ServiceCollection();

    internal PluginContributions Contributions { get; } = new();

    /// <summary>
    /// The plugin's section of the configuration, named by its id: bound to properties, checked by their validation
    /// attributes at start, and injected as <see cref="Microsoft.Extensions.Options.IOptions{TOptions}"/>.
    /// </summary>
    public PluginBuilder Options<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TOptions>()
        where TOptions : class, new()
    {
        Contributions.Options.Add(new OptionsContribution<TOptions>());
        return this;
    }

    public PluginBuilder Permission(Permission permission, Role grantedTo)
    {
        Contributions.Permissions.Add(new PermissionContribution(permission, grantedTo));
        return this;
    }

    public PluginBuilder Navigation(NavigationItem item)
    {
        Contributions.Navigation.Add(item);
        return this;
    }

    public PluginBuilder Navigation(string title, string href, Permission? permission = null) =>
        Navigation(new NavigationItem(title, href) { Permission = permission });

    /// <summary>Adds links to the sidebar that are not the same for everybody.</summary>
    public PluginBuilder Navigation<TNavigation>()
        where TNavigation : class, IPersonalNavigation
    {
        Services.AddSingleton<TNavigation>();
        Contributions.PersonalNavigation.Add(typeof(TNavigation));
        return this;
    }

    /// <summary>A page of settings, listed beside the host's own below Settings.</summary>
    public PluginBuilder SettingsPage(NavigationItem item)
    {
        Contributions.SettingsPages.Add(item);
        return this;
    }

    /// <summary>Something one can do, offered in the palette.</summary>
    public PluginBuilder Action(ActionItem action)
    {
        Contributions.Actions.Add(action);
        return this;
    }

    /// <summary>Puts a component into a slot.</summary>
    /// <param name="name">What configuration and addresses call it; the type's name without <c>Card</c> or <c>Tab</c> if not given.</param>
    /// <param name="when">Whether it has a place for a context.</param>
    /// <param name="count">The number beside the title, on tabs.</param>
    public PluginBuilder Slot<TContext>(
        Slot<TContext> slot,
        Type component,
        string? title = null,
        int order = 100,
        int span = 4,
        Permission? permission = null,
        string? name = null,
        Func<TContext, bool>? when = null,
        SlotCount? count = null)
    {
        ArgumentNullException.ThrowIfNull(slot);
        ArgumentNullException.ThrowIfNull(component);
        if (!typeof(IComponent).IsAssignableFrom(component))
        {
            throw new ArgumentException($"{component} is not a Razor component, so it cannot stand in the slot {slot}.", nameof(component));
        }

        var parameter = component.GetProperty("Context");
        if (parameter is null || !parameter.PropertyType.IsAssignableFrom(typeof(TContext)) || !parameter.IsDefined(typeof(ParameterAttribute), inherit: true))
        {
            throw new ArgumentException(
                $"{component} needs a [Parameter] named Context of type {typeof(TContext).Name} to stand in the slot {slot}.", nameof(component));
        }

        Contributions.Slots.Add(new SlotContribution(slot, component, Info.Id)
        {
            Title = title,
            Order = order,
            Span = span,
            Permission = permission,
            Name = name ?? Names.OfPart(component.Name),
            When = when is null ? null : context => when((TContext)context),
            Count = count,
        });
        return this;
    }

    /// <summary>Endpoints below <c>/api/{id}</c>. Each requires an identity unless it says <c>.Public()</c>.</summary>
    public PluginBuilder Api(Action<IEndpointRouteBuilder> map)
    {
        Contributions.Apis.Add(new ApiContribution($"/api/{Info.Id}", map));
        return this;
    }

    /// <summary>Endpoints at an address that other software expects, such as <c>/api/scaffolder</c>. Only one plugin may have it.</summary>
    public PluginBuilder CompatibleApi(string prefix, Action<IEndpointRouteBuilder> map)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        if (!prefix.StartsWith("/api/", StringComparison.Ordinal) || prefix.Length < 6 || prefix.EndsWith('/'))
        {
            throw new ArgumentException($"'{prefix}' is not a prefix for a compatible API. Write /api/ and a name.", nameof(prefix));
        }

        Contributions.Apis.Add(new ApiContribution(prefix, map));
        return this;
    }

    /// <summary>Runs a job on a schedule. Its name is the plugin's id and the type's name: <c>releases.sync-releases</c>.</summary>
    public PluginBuilder Job<TJob>(JobSchedule schedule, string? description = null)
        where TJob : class, IScheduledJob
    {
        ArgumentNullException.ThrowIfNull(schedule);
        if (schedule.Every is null == schedule.Cron is null)
        {
            throw new ArgumentException($"The schedule of {typeof(TJob).Name} needs either Every or Cron.", nameof(schedule));
        }

        if (schedule.Every <= TimeSpan.Zero || schedule.Timeout <= TimeSpan.Zero || schedule.Jitter < TimeSpan.Zero || schedule.InitialDelay < TimeSpan.Zero)
        {
            throw new ArgumentException($"The schedule of {typeof(TJob).Name} has a time that is not positive.", nameof(schedule));
        }

        Services.AddScoped<TJob>();
        Contributions.Jobs.Add(new JobContribution($"{Info.Id}.{Names.Kebab(typeof(TJob).Name)}", typeof(TJob), schedule, description));
        return this;
    }

    public PluginBuilder Job<TJob>(TimeSpan every, TimeSpan timeout, string? description = null)
        where TJob : class, IScheduledJob => Job<TJob>(new JobSchedule { Every = every, Timeout = timeout }, description);

    /// <summary>Works in the background from start to stop, on every replica.</summary>
    public PluginBuilder Background<TWork>()
        where TWork : class, IBackgroundWork
    {
        Services.AddSingleton<TWork>();
        Contributions.Background.Add(typeof(TWork));
        return this;
    }

    /// <summary>Handles operations of a kind, which is the plugin's id and this name: <c>dead-letters.redeliver</c>.</summary>
    public PluginBuilder Operation<THandler>(string name)
        where THandler : class, IOperationHandler
    {
        Services.AddScoped<THandler>();
        Contributions.Operations.Add(new OperationContribution($"{Info.Id}.{name}", typeof(THandler)));
        return this;
    }

    public PluginBuilder Search<TSource>()
        where TSource : class, ISearchSource
    {
        Services.AddSingleton<TSource>();
        Contributions.SearchSources.Add(typeof(TSource));
        return this;
    }

    /// <summary>Hears events of a type that any plugin publishes.</summary>
    public PluginBuilder On<TEvent, THandler>()
        where TEvent : notnull
        where THandler : class, IEventHandler<TEvent>
    {
        Services.AddScoped<THandler>();
        Services.AddScoped<IEventHandler<TEvent>>(services => services.GetRequiredService<THandler>());
        Contributions.EventHandlers.Add(typeof(THandler));
        return this;
    }

    /// <summary>Adds a kind of entity to the catalog.</summary>
    public PluginBuilder Kind(EntityKind kind)
    {
        Contributions.Kinds.Add(kind);
        return this;
    }

    /// <summary>Adds a field to kinds of entity that exist already.</summary>
    public PluginBuilder Field(EntityField field)
    {
        Contributions.Fields.Add(field);
        return this;
    }

    /// <summary>Feeds the catalog, each time the schedule says so. Its name is the plugin's id and the type's name: <c>directory.read-people</c>.</summary>
    public PluginBuilder EntitySource<TSource>(TimeSpan every, string title)
        where TSource : class, IEntitySource
    {
        if (every <= TimeSpan.Zero)
        {
            throw new ArgumentException($"The schedule of {typeof(TSource).Name} has a time that is not positive.", nameof(every));
        }

        Services.AddScoped<TSource>();
        Contributions.EntitySources.Add(new ContributedSource($"{Info.Id}.{Names.Kebab(typeof(TSource).Name)}", title, typeof(TSource), every));
        return this;
    }

    /// <summary>Adds to entities while the catalog processes them.</summary>
    public PluginBuilder Processor<TProcessor>()
        where TProcessor : class, IEntityProcessor
    {
        Services.AddSingleton<TProcessor>();
        Contributions.Processors.Add(typeof(TProcessor));
        return this;
    }

    /// <summary>Reads entities out of files that are not catalog files.</summary>
    public PluginBuilder DescriptorReader<TReader>()
        where TReader : class, IDescriptorReader
    {
        Services.AddSingleton<TReader>();
        Contributions.DescriptorReaders.Add(typeof(TReader));
        return this;
    }

    /// <summary>Reports on something the plugin needs, in the details of <c>/readyz</c>.</summary>
    public PluginBuilder HealthCheck<TCheck>(string name)
        where TCheck : class, IHealthCheck
    {
        Services.AddSingleton<TCheck>();
        Contributions.HealthChecks.Add(new HealthCheckContribution($"{Info.Id}.{name}", typeof(TCheck)));
        return this;
    }

    /// <summary>Runs once on each start, after the plugin's migrations and before the portal says it is ready.</summary>
    public PluginBuilder OnStart(Func<IServiceProvider, CancellationToken, Task> start)
    {
        Contributions.Starts.Add(start);
        return this;
    }

    /// <summary>A command of the command line: <c>stagedoor releases …</c>. It runs without the portal's services.</summary>
    public PluginBuilder Command(string name, string description, Action<CommandBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var command = new CommandBuilder(name, description);
        configure(command);
        Contributions.Commands.Add(command);
        return this;
    }
}
