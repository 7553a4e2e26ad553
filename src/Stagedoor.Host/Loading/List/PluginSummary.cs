using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace Stagedoor.Host.Loading.List;

/// <summary>What a plugin contributes, in words, for the page and the API.</summary>
internal static class PluginSummary
{
    internal sealed record Part(string One, string Many, IReadOnlyList<string> Names);

    public static IReadOnlyList<Part> Of(LoadedPlugin plugin)
    {
        var c = plugin.Contributions;
        var pages = plugin.IsActive ? plugin.Assembly?.GetExportedTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template) : null;
        return
        [
            new("page", "pages", [.. pages ?? []]),
            new("part of a page", "parts of pages", [.. c.Slots.Select(slot => $"{slot.Component.Name} in {slot.Slot.Name}")]),
            new("API", "APIs", [.. c.Apis.Select(api => api.Prefix)]),
            new("job", "jobs", [.. c.Jobs.Select(job => job.Name)]),
            new("background task", "background tasks", [.. c.Background.Select(work => work.Name)]),
            new("operation", "operations", [.. c.Operations.Select(operation => operation.Kind)]),
            new("search source", "search sources", [.. c.SearchSources.Select(source => source.Name)]),
            new("kind of entity", "kinds of entities", [.. c.Kinds.Select(kind => kind.Name)]),
            new("field of entities", "fields of entities", [.. c.Fields.Select(field => field.Title)]),
            new("source of entities", "sources of entities", [.. c.EntitySources.Select(source => source.Title)]),
            new("processor of entities", "processors of entities", [.. c.Processors.Select(processor => processor.Name)]),
            new("reader of descriptors", "readers of descriptors", [.. c.DescriptorReaders.Select(reader => reader.Name)]),
            new("command", "commands", [.. c.Commands.Select(command => command.Name)]),
            new("permission", "permissions", [.. c.Permissions.Select(permission => $"{permission.Permission.Name}: {permission.Permission.Description}")]),
            new("health check", "health checks", [.. c.HealthChecks.Select(check => check.Name)]),
        ];
    }
}
