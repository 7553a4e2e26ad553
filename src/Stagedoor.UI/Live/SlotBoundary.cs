using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.Logging;
using Stagedoor.Plugins;

namespace Stagedoor.UI;

/// <summary>The wall around one contribution of a slot. It logs what broke and shows a small panel in its place.</summary>
public sealed class SlotBoundary(ILogger<SlotBoundary> log) : ErrorBoundaryBase
{
    [Parameter, EditorRequired]
    public SlotContribution Contribution { get; set; } = null!;

    /// <summary>Nothing stands in the place of what broke.</summary>
    [Parameter]
    public bool Quiet { get; set; }

    protected override Task OnErrorAsync(Exception exception)
    {
        log.LogError(
            exception,
            "{Component} of plugin {Plugin} failed in slot {Slot}.",
            Contribution.Component.Name,
            Contribution.PluginId,
            Contribution.Slot.Name);
        return Task.CompletedTask;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }

        if (Quiet)
        {
            return;
        }

        builder.OpenComponent<BrokenContribution>(1);
        builder.AddComponentParameter(2, nameof(BrokenContribution.Contribution), Contribution);
        builder.CloseComponent();
    }
}
