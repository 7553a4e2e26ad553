using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Stagedoor.Host.Loading;

/// <summary>
/// Looks for mistakes of a plugin that the framework would only meet later, and then not as that plugin's: a route that
/// cannot be matched breaks the routing of everything, a card that cannot be created breaks the page it is on.
/// </summary>
internal sealed class PluginExamination(IServiceProvider services)
{
    private readonly IServiceProviderIsService _known = services.GetRequiredService<IServiceProviderIsService>();
    private readonly ParameterPolicyFactory _policies = services.GetRequiredService<ParameterPolicyFactory>();

    /// <summary>What is wrong with the plugin's pages and cards, or nothing.</summary>
    public string? FindFault(LoadedPlugin plugin)
    {
        foreach (var page in plugin.Assembly!.GetExportedTypes())
        {
            foreach (var route in page.GetCustomAttributes<RouteAttribute>())
            {
                if (FindFault(route.Template) is { } fault)
                {
                    return $"The address '{route.Template}' of its page {page.Name} cannot be used: {fault}";
                }
            }
        }

        foreach (var component in plugin.Contributions.Slots.Select(slot => slot.Component))
        {
            if (Missing(component) is { } missing)
            {
                return $"Its {component.Name} asks for {missing.Name}, which nobody provides.";
            }
        }

        return null;
    }

    /// <summary>What is wrong with an endpoint's address, or nothing.</summary>
    public string? FindFault(Endpoint endpoint) =>
        endpoint is RouteEndpoint route && FindFault(() => route.RoutePattern) is { } fault ? $"The address '{route.RoutePattern.RawText}' cannot be used: {fault}" : null;

    private string? FindFault(string template) => FindFault(() => RoutePatternFactory.Parse(template));

    private string? FindFault(Func<RoutePattern> pattern)
    {
        try
        {
            foreach (var parameter in pattern().Parameters)
            {
                foreach (var policy in parameter.ParameterPolicies)
                {
                    _policies.Create(parameter, policy);
                }
            }

            return null;
        }
        catch (Exception e) when (e is RoutePatternException or InvalidOperationException or RouteCreationException or ArgumentException)
        {
            return e.Message;
        }
    }

    private Type? Missing(Type component)
    {
        for (var type = component; type is not null && type != typeof(object); type = type.BaseType)
        {
            const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
            var missing = type.GetProperties(Declared)
                .Where(property => property.GetCustomAttribute<InjectAttribute>() is { Key: null })
                .Select(property => property.PropertyType)
                .FirstOrDefault(injected => !_known.IsService(injected));
            if (missing is not null)
            {
                return missing;
            }
        }

        return null;
    }
}
