using AngleSharp.Dom;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Stagedoor.Plugins;

namespace Stagedoor.UI.Tests.Live;

public sealed class SlotOutletTests
{
    private static readonly Slot<string> Cards = new("test.cards");

    [Fact]
    public async Task Each_contribution_is_shown_with_the_context_and_its_columns()
    {
        var page = await Show(new Screen().With(Of<Good>("a")).With(Of<Good>("b") with { Span = 8 }));

        page.QuerySelectorAll(".slot").Select(slot => slot.ClassName).ShouldBe(["slot span-4", "slot span-8"]);
        page.QuerySelectorAll(".slot").ShouldAllBe(slot => slot.TextContent == "Good for Mae");
    }

    [Theory]
    [InlineData(typeof(BreaksAtOnce))]
    [InlineData(typeof(BreaksLater))]
    [InlineData(typeof(BreaksWhileRendering))]
    public async Task A_contribution_that_breaks_says_so_and_leaves_the_others_alone(Type broken)
    {
        var screen = new Screen().With(Of<Good>("a")).With(new SlotContribution(Cards, broken, "birthdays") { Title = "Birthdays" }).With(Of<Good>("b"));

        var page = await Show(screen);

        page.QuerySelectorAll(".slot").Length.ShouldBe(3);
        page.QuerySelectorAll(".slot").Count(slot => slot.TextContent == "Good for Mae").ShouldBe(2);
        page.QuerySelector(".broken")!.TextContent.ShouldContain("Birthdays could not be shown");
        page.QuerySelector(".broken")!.TextContent.ShouldContain("birthdays");
        page.TextContent.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData(typeof(BreaksAtOnce))]
    [InlineData(typeof(BreaksLater))]
    public async Task What_broke_is_in_the_log_with_its_plugin(Type broken)
    {
        var screen = new Screen().With(new SlotContribution(Cards, broken, "birthdays"));

        await Show(screen);

        screen.Log.ShouldContain(line => line.StartsWith("Error") && line.Contains("birthdays") && line.Contains("test.cards") && line.Contains("secret"));
    }

    [Fact]
    public async Task A_contribution_is_hidden_from_those_who_may_not_see_it()
    {
        var read = new Permission("birthdays.read", "See birthdays.");
        var contribution = Of<Good>("a") with { Permission = read };

        (await Show(new Screen { Caller = Person() }.With(contribution))).QuerySelector(".slot").ShouldBeNull();
        (await Show(new Screen().With(contribution))).QuerySelector(".slot").ShouldBeNull();
        (await Show(new Screen { Caller = Person("birthdays.read") }.With(contribution))).QuerySelector(".slot").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_contribution_that_shows_nothing_leaves_an_empty_place_that_the_stylesheet_hides() =>
        (await Show(new Screen().With(Of<Nothing>("a")))).QuerySelector(".slot")!.ChildNodes.ShouldBeEmpty();

    [Fact]
    public async Task Bare_there_is_nothing_around_a_contribution_and_one_that_breaks_is_left_out()
    {
        var screen = new Screen().With(Of<Good>("a")).With(Of<BreaksAtOnce>("b"));

        var page = await screen.Show<SlotOutlet<string>>(("Slot", Cards), ("Context", "Mae"), ("Bare", true));

        page.QuerySelectorAll(".slot, .broken").ShouldBeEmpty();
        page.TextContent.Trim().ShouldBe("Good for Mae");
    }

    private static SlotContribution Of<TComponent>(string plugin) => new(Cards, typeof(TComponent), plugin);

    private static Caller Person(params string[] permissions) =>
        new() { Kind = CallerKind.Person, Name = "Mae", Ref = EntityRef.User("mae"), Permissions = permissions.ToHashSet() };

    private static Task<IElement> Show(Screen screen) => screen.Show<SlotOutlet<string>>(("Slot", Cards), ("Context", "Mae"));

    public class Good : ComponentBase, ISlotComponent<string>
    {
        [Parameter]
        public string Context { get; set; } = "";

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, $"Good for {Context}");
    }

    public sealed class Nothing : Good
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
        }
    }

    public sealed class BreaksAtOnce : Good
    {
        protected override void OnInitialized() => throw new InvalidOperationException("secret");
    }

    public sealed class BreaksLater : Good
    {
        protected override async Task OnInitializedAsync()
        {
            await Task.Yield();
            throw new InvalidOperationException("secret");
        }
    }

    public sealed class BreaksWhileRendering : Good
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => throw new InvalidOperationException("secret");
    }
}
