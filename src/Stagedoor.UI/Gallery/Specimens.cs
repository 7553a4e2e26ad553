using Stagedoor.UI.Gallery.Examples;

namespace Stagedoor.UI.Gallery;

/// <summary>What the gallery shows, in its order.</summary>
internal static class Specimens
{
    public static readonly IReadOnlyList<(string Title, IReadOnlyList<Specimen> Items)> All =
    [
        ("Layout",
        [
            new("Page", "The header of every page: where it is, what it is, what one can do. Facts, tabs and actions are optional.", typeof(PageExample)),
            new("Card and grid", "Twelve columns; a card says how many it takes. On a phone it takes all.", typeof(CardExample)),
            new("Item grid", "Cards of one size to choose from, or a row of them that scrolls.", typeof(ItemGridExample)),
        ]),
        ("Navigation",
        [
            new("Tabs", "Real links, each with an address.", typeof(TabsExample)),
            new("Breadcrumbs", "The way to a page. A Page shows them itself.", typeof(BreadcrumbsExample)),
            new("Filter links", "One facet beside a list. Following the active choice takes it away.", typeof(FilterLinksExample)),
            new("Menu", "What one can do less often, behind one button. It opens without a script.", typeof(MenuExample)),
            new("Steps", "Where one stands in a short row of steps.", typeof(StepsExample)),
        ]),
        ("Data",
        [
            new("Table", "Sorting, filter and page stand in the address. It scrolls inside its card.", typeof(TableExample)),
            new("Empty table", "A table without items says why, and what helps.", typeof(EmptyTableExample)),
            new("Status and lifecycle", "A colour always has a word beside it, or on hover where there is no room.", typeof(StatusExample)),
            new("Chip", "Tags and other labels.", typeof(ChipExample)),
            new("People", "Initials when there is no picture. People are round, groups are square.", typeof(AvatarExample)),
            new("Entity link", "Leads to an entity's page. One that does not exist says so.", typeof(EntityLinkExample)),
            new("Times and numbers", "Relative times with the exact one on hover, in the zone that the reader has chosen; grouped numbers; long ids cut in the middle.", typeof(TimeExample)),
            new("Metadata", "What is known about one thing.", typeof(MetadataTableExample)),
            new("Charts", "Drawn on the server, always with the number beside the picture.", typeof(ChartsExample)),
        ]),
        ("Inputs",
        [
            new("Button", "One primary button on a page. An icon alone needs a label.", typeof(ButtonExample)),
            new("Mark", "Stars an entity, or subscribes to it, from any page.", typeof(MarkButtonExample)),
            new("Entity picker", "Offers entities as one types, and asks the portal for them. Without a script it takes a reference.", typeof(EntityPickerExample)),
            new("Form", "Posted to the page itself, which acts and redirects. At most one on a page.", typeof(FormExample)),
        ]),
        ("Answers",
        [
            new("Dialog", "Asks once, and says exactly what will be lost. Works without a script by ?confirm=.", typeof(DialogExample)),
            new("Empty state", "What it means that nothing is here, and the one action that helps.", typeof(EmptyStateExample)),
            new("Warning panel", "What happened, why, and what helps.", typeof(WarningPanelExample)),
            new("Banner", "One line across the page.", typeof(BannerExample)),
            new("Progress", "Done of total, or done so far.", typeof(ProgressExample)),
            new("Status page", "401, 403, 404, 500 and 503, each with its own words.", typeof(StatusPageExample)),
        ]),
        ("Text",
        [
            new("Markdown", "Text that people wrote, made safe.", typeof(MarkdownExample)),
            new("Code", "With a button that copies it.", typeof(CodeSnippetExample)),
        ]),
        ("Live",
        [
            new("Fragment", "A part of a page that keeps itself current, and says so when it cannot.", typeof(FragmentExample)),
            new("Island", "A custom element with its module.", typeof(IslandExample)),
            new("Slot", "What plugins put into a page. One that fails leaves the rest alone.", typeof(SlotOutletExample)),
        ]),
    ];
}
