using Microsoft.AspNetCore.Components;

namespace Stagedoor.Plugins;

/// <summary>A place on a page that plugins fill. Its owner declares it as a static field.</summary>
public abstract class Slot(string name, Type contextType)
{
    public string Name { get; } = name;

    /// <summary>What the page hands to each contribution, as its parameter <c>Context</c>.</summary>
    public Type ContextType { get; } = contextType;

    public override string ToString() => Name;
}

/// <inheritdoc />
public sealed class Slot<TContext>(string name) : Slot(name, typeof(TContext));

/// <summary>A component put into a slot. It has a parameter <c>Context</c> of the slot's type.</summary>
public sealed record SlotContribution(Slot Slot, Type Component, string PluginId)
{
    /// <summary>The heading where the slot shows one, such as a tab's label.</summary>
    public string? Title { get; init; }

    /// <summary>Smaller comes first.</summary>
    public int Order { get; init; }

    /// <summary>Columns of twelve, where the slot is a grid.</summary>
    public int Span { get; init; } = 4;

    public Permission? Permission { get; init; }
}

/// <summary>What plugins have put into slots, in order. The kit's <c>SlotOutlet</c> renders it.</summary>
public interface ISlots
{
    IReadOnlyList<SlotContribution> In(Slot slot);
}

/// <summary>A component for a slot: implementing this lets the compiler check the context's type.</summary>
public interface ISlotComponent<TContext> : IComponent
{
    TContext Context { get; set; }
}

/// <summary>The slots of the home page.</summary>
public static class HomeSlots
{
    /// <summary>Cards in the grid below the greeting. The context is the person at the screen.</summary>
    public static readonly Slot<Caller> Cards = new("home.cards");
}
