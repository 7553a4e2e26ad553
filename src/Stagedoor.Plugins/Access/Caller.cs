using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Stagedoor.Plugins;

public enum CallerKind
{
    /// <summary>Nobody: no identity was given.</summary>
    Anonymous,

    /// <summary>A person with a user entity.</summary>
    Person,

    /// <summary>A program with a service token.</summary>
    Service,

    /// <summary>Someone at a portal in development without an organisation.</summary>
    Guest,

    /// <summary>The portal itself, at work in the background.</summary>
    Portal,
}

/// <summary>
/// Whoever is asking: the person or the service behind a request. An endpoint takes it as a parameter; a
/// component takes it as a cascading parameter.
/// </summary>
public sealed record Caller
{
    public static readonly Caller Anonymous = new() { Kind = CallerKind.Anonymous, Name = "Nobody", Ref = EntityRef.User("anonymous") };

    /// <summary>The portal itself, at work in the background. It may see and do everything.</summary>
    public static readonly Caller Portal = new()
    {
        Kind = CallerKind.Portal,
        Name = "The portal",
        Ref = new EntityRef("service", EntityRef.DefaultNamespace, "portal"),
        Roles = new HashSet<string> { Role.Administrator.Name },
    };

    public required CallerKind Kind { get; init; }

    /// <summary>The user entity of a person; <c>user:default/guest</c> of a guest; <c>service:default/{name}</c> of a service.</summary>
    public required EntityRef Ref { get; init; }

    public required string Name { get; init; }

    /// <summary>The groups of a person, their parent groups included.</summary>
    public IReadOnlyList<EntityRef> Groups { get; init; } = [];

    public IReadOnlySet<string> Roles { get; init; } = new HashSet<string>();

    /// <summary>The names of all that the caller may do. An administrator may do everything and need not list it.</summary>
    public IReadOnlySet<string> Permissions { get; init; } = new HashSet<string>();

    public bool IsKnown => Kind != CallerKind.Anonymous;

    /// <summary>
    /// Somebody who looks at pages and has things of their own here: stars, visits, notifications, settings. A person, or the
    /// guest who stands for one in development.
    /// </summary>
    public bool IsReader => Kind is CallerKind.Person or CallerKind.Guest;

    public bool IsAdministrator => Roles.Contains(Role.Administrator.Name);

    public bool May(Permission? permission) => permission is null || May(permission.Name);

    public bool May(string permission) => IsAdministrator || Permissions.Contains(permission);

    /// <summary>Whether the caller is this person or belongs to this group, directly or through a child group.</summary>
    public bool Is(EntityRef owner) => owner == Ref || Groups.Contains(owner);

    /// <summary>Lets an endpoint's handler take a <see cref="Caller"/> as a parameter.</summary>
    [SuppressMessage("Design", "CA1062", Justification = "Called by the framework.")]
    public static ValueTask<Caller> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult(context.RequestServices.GetRequiredService<ICallerAccessor>().Of(context));
}

/// <summary>Finds the caller of a request.</summary>
public interface ICallerAccessor
{
    Caller Of(HttpContext context);

    /// <summary>What a person may see and do at this moment, for work on their behalf. Nothing, if nobody of the organisation is this.</summary>
    Caller? Of(EntityRef person);
}
