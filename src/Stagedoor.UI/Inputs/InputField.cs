using Microsoft.AspNetCore.Components;

namespace Stagedoor.UI;

/// <summary>What all fields have in common.</summary>
public abstract class InputField : ComponentBase
{
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    [Parameter]
    public string? Hint { get; set; }

    /// <summary>What is wrong with the value, and what would be right.</summary>
    [Parameter]
    public string? Error { get; set; }

    [Parameter]
    public bool Required { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>The label is only for those who do not see the page.</summary>
    [Parameter]
    public bool HideLabel { get; set; }

    /// <summary>Needed only where two fields of one page have the same name.</summary>
    [Parameter]
    public string? Id { get; set; }

    /// <summary>Further attributes of the control, such as <c>placeholder</c>, <c>maxlength</c> or <c>autocomplete</c>.</summary>
    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    private protected string ControlId => Id ?? $"field-{Name}";

    private protected string? Invalid => Error is null ? null : "true";

    private protected string? Descriptions => (Hint, Error) switch
    {
        (null, null) => null,
        (not null, null) => $"{ControlId}-hint",
        (null, not null) => $"{ControlId}-error",
        _ => $"{ControlId}-hint {ControlId}-error",
    };
}
