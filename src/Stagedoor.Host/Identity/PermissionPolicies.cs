using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Identity;

/// <summary>Makes a policy of each permission that <see cref="RequiresAttribute"/> names.</summary>
internal sealed class PermissionPolicies(IOptions<AuthorizationOptions> options) : IAuthorizationPolicyProvider
{
    private static readonly AuthorizationPolicy Known = new AuthorizationPolicyBuilder().AddRequirements(new KnownCaller()).Build();

    private readonly ConcurrentDictionary<string, AuthorizationPolicy> _policies = new(StringComparer.Ordinal);
    private readonly DefaultAuthorizationPolicyProvider _others = new(options);

    public Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
        policyName.StartsWith(RequiresAttribute.PolicyPrefix, StringComparison.Ordinal)
            ? Task.FromResult<AuthorizationPolicy?>(_policies.GetOrAdd(policyName, static name =>
                new AuthorizationPolicyBuilder()
                    .AddRequirements(new KnownCaller(), new MayDo(name[RequiresAttribute.PolicyPrefix.Length..]))
                    .Build()))
            : _others.GetPolicyAsync(policyName);

    public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => Task.FromResult(Known);

    public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() => Task.FromResult<AuthorizationPolicy?>(null);

    public bool AllowsCachingPolicies => true;
}

internal sealed record KnownCaller : IAuthorizationRequirement;

internal sealed record MayDo(string Permission) : IAuthorizationRequirement;

internal sealed class CallerAuthorization(IHttpContextAccessor http) : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        var request = context.Resource as HttpContext ?? http.HttpContext;
        if (request?.Features.Get<Identified>()?.Caller is not { IsKnown: true } caller)
        {
            return Task.CompletedTask;
        }

        foreach (var requirement in context.Requirements)
        {
            if (requirement is KnownCaller || (requirement is MayDo may && caller.May(may.Permission)))
            {
                context.Succeed(requirement);
            }
        }

        return Task.CompletedTask;
    }
}

/// <summary>Sets the status only: what a refusal looks like is the business of the status pages.</summary>
internal sealed class RefusalStatus(PluginRegistry plugins) : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            return next(context);
        }

        var known = context.Features.Get<Identified>()?.Caller.IsKnown == true;
        context.Response.StatusCode = known ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized;
        if (!known)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }
        else if (authorizeResult.AuthorizationFailure?.FailedRequirements.OfType<MayDo>().FirstOrDefault() is { } missing)
        {
            var declared = plugins.Active.SelectMany(plugin => plugin.Contributions.Permissions).FirstOrDefault(permission => permission.Permission.Name == missing.Permission);
            context.Features.Set(new MissingPermission(missing.Permission, declared?.Permission.Description));
        }

        return Task.CompletedTask;
    }
}

/// <summary>What the caller would have needed.</summary>
internal sealed record MissingPermission(string Name, string? Description);
