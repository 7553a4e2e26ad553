using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Stagedoor.UI;

/// <summary>A custom element with the module that defines it. Its content is what stands there without a script.</summary>
public sealed class Island : ComponentBase
{
    /// <summary>The asset, such as <c>_plugins/birthdays/countdown.js</c>.</summary>
    [Parameter, EditorRequired]
    public string Module { get; set; } = "";

    /// <summary>The element's name, with a hyphen.</summary>
    [Parameter, EditorRequired]
    public string Tag { get; set; } = "";

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>Attributes of the element.</summary>
    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!Tag.Contains('-') || !Tag.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'))
        {
            throw new InvalidOperationException($"'{Tag}' cannot be the name of a custom element. Write small letters with a hyphen, such as birthdays-countdown.");
        }

        builder.OpenElement(0, Tag);
        builder.AddMultipleAttributes(1, Attributes);
        builder.AddContent(2, ChildContent);
        builder.CloseElement();
        builder.OpenElement(3, "script");
        builder.AddAttribute(4, "type", "module");
        builder.AddAttribute(5, "src", "/" + Assets[Module.TrimStart('/')]);
        builder.CloseElement();
    }
}
