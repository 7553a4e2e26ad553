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

    /// <summary>By which configuration names it, after the plugin's id; in the address, where it is a tab: <c>apis</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether it has a place for a context. Nothing: always.</summary>
    public Func<object, bool>? When { get; init; }

    /// <summary>The number beside the title, where the slot shows one, such as on a tab.</summary>
    public SlotCount? Count { get; init; }

    /// <summary>As configuration names it: <c>catalog.about</c>.</summary>
    public string FullName => $"{PluginId}.{Name}";

    public bool AppliesTo(object context) => When is null || When(context);
}

/// <summary>Counts what a contribution holds for a context, for one caller; nothing if there is no number to show. It answers at once or not at all.</summary>
public delegate ValueTask<long?> SlotCount(IServiceProvider services, object context, Caller caller, CancellationToken cancellationToken);

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

/// <summary>
/// The slots of an entity's page. A group and a person are entities too: a card for squads is one whose <c>when</c> asks
/// for the kind.
/// </summary>
public static class EntitySlots
{
    /// <summary>Cards of the overview, in a grid of twelve columns.</summary>
    public static readonly Slot<Entity> Cards = new("entity.cards");

    /// <summary>
    /// Sections beside the overview, each with its name as a part of the address. The component may take the cascading
    /// parameter <c>TabPath</c>: what stands in the address behind the name.
    /// </summary>
    public static readonly Slot<Entity> Tabs = new("entity.tabs");

    /// <summary>What matters at a glance, below the title: components that render a <c>Fact</c>.</summary>
    public static readonly Slot<Entity> Facts = new("entity.facts");

    /// <summary>Entries of the menu of actions: components that render <c>a</c> or <c>button</c> with the class <c>item</c>.</summary>
    public static readonly Slot<Entity> Actions = new("entity.actions");
}

/// <summary>The slots of the home page.</summary>
public static class HomeSlots
{
    /// <summary>Cards in the grid below the greeting. The context is the person at the screen.</summary>
    public static readonly Slot<Caller> Cards = new("home.cards");
}
