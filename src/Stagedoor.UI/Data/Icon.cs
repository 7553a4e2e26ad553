using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Stagedoor.UI;

/// <summary>
/// One of the set at /_ui/icons.svg. It says nothing to a screen reader: a word stands beside it, or the button has a label.
/// A page has dozens of them, so this is written without what a Razor component brings along.
/// </summary>
public sealed class Icon : IComponent
{
    private RenderHandle _handle;

    [Parameter, EditorRequired] public string Name { get; set; } = "";

    public void Attach(RenderHandle renderHandle) => _handle = renderHandle;

    public Task SetParametersAsync(ParameterView parameters)
    {
        Name = parameters.GetValueOrDefault(nameof(Name), "");
        _handle.Render(Build);
        return Task.CompletedTask;
    }

    // Only names of the set get into the markup.
    private void Build(RenderTreeBuilder builder) => builder.AddMarkupContent(
        0,
        $"<svg class=\"icon\" width=\"20\" height=\"20\" aria-hidden=\"true\"><use href=\"/{_handle.Assets[IconSet.Asset]}#{(IconSet.Names.Contains(Name) ? Name : "dot")}\"></use></svg>");
}
