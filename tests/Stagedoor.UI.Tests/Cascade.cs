using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Stagedoor.UI.Tests;

/// <summary>Gives a component a cascading value, as the portal does around a page.</summary>
public sealed class Cascade<TValue> : ComponentBase
{
    [Parameter]
    public TValue Value { get; set; } = default!;

    [Parameter]
    public Type Component { get; set; } = null!;

    [Parameter]
    public IReadOnlyDictionary<string, object> Parameters { get; set; } = new Dictionary<string, object>();

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenComponent<CascadingValue<TValue>>(0);
        builder.AddComponentParameter(1, "Value", Value);
        builder.AddComponentParameter(2, "ChildContent", (RenderFragment)(inner =>
        {
            inner.OpenComponent(0, Component);
            inner.AddMultipleAttributes(1, Parameters);
            inner.CloseComponent();
        }));
        builder.CloseComponent();
    }
}
