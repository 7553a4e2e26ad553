using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Stagedoor.Plugins;

/// <summary>What a plugin has recorded, as the host reads it.</summary>
internal sealed class PluginContributions
{
    public List<OptionsContribution> Options { get; } = [];

    public List<PermissionContribution> Permissions { get; } = [];

    public List<NavigationItem> Navigation { get; } = [];

    public List<Type> PersonalNavigation { get; } = [];

    public List<NavigationItem> SettingsPages { get; } = [];

    public List<ActionItem> Actions { get; } = [];

    public List<SlotContribution> Slots { get; } = [];

    public List<ApiContribution> Apis { get; } = [];

    public List<JobContribution> Jobs { get; } = [];

    public List<Type> Background { get; } = [];

    public List<OperationContribution> Operations { get; } = [];

    public List<Type> SearchSources { get; } = [];

    public List<Type> EventHandlers { get; } = [];

    public List<HealthCheckContribution> HealthChecks { get; } = [];

    public List<Func<IServiceProvider, CancellationToken, Task>> Starts { get; } = [];

    public List<EntityKind> Kinds { get; } = [];

    public List<EntityField> Fields { get; } = [];

    public List<ContributedSource> EntitySources { get; } = [];

    public List<Type> Processors { get; } = [];

    public List<Type> DescriptorReaders { get; } = [];

    public List<CommandBuilder> Commands { get; } = [];
}

internal abstract record OptionsContribution(Type Type)
{
    /// <summary>Calls a generic visitor with the options' type, so that the host can use the framework's generic methods.</summary>
    public abstract void Accept(IOptionsVisitor visitor);
}

internal sealed record OptionsContribution<TOptions>() : OptionsContribution(typeof(TOptions))
    where TOptions : class, new()
{
    public override void Accept(IOptionsVisitor visitor) => visitor.Visit<TOptions>();
}

internal interface IOptionsVisitor
{
    void Visit<TOptions>()
        where TOptions : class, new();
}

internal sealed record PermissionContribution(Permission Permission, Role GrantedTo);

internal sealed record ApiContribution(string Prefix, Action<IEndpointRouteBuilder> Map);

internal sealed record JobContribution(string Name, Type Type, JobSchedule Schedule, string? Description);

internal sealed record OperationContribution(string Kind, Type Handler);

internal sealed record HealthCheckContribution(string Name, Type Type);
