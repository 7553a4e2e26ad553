using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace Stagedoor.Plugins;

/// <summary>Lets only callers with a permission reach a page or an endpoint. Without it, any identity will do.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequiresAttribute(string permission) : AuthorizeAttribute(PolicyPrefix + permission)
{
    internal const string PolicyPrefix = "permission:";

    public string Permission { get; } = permission;
}

public static class AccessConventions
{
    /// <summary>Lets only callers with this permission reach an endpoint.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(permission);
        return endpoint.RequireAuthorization(new RequiresAttribute(permission.Name));
    }

    /// <summary>Opens an endpoint to callers without an identity.</summary>
    public static TBuilder Public<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.AllowAnonymous();
}
