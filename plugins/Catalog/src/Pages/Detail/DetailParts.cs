using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Catalog.Pages.Detail.About;
using Stagedoor.Catalog.Pages.Detail.Contact;
using Stagedoor.Catalog.Pages.Detail.Definition;
using Stagedoor.Catalog.Pages.Detail.History;
using Stagedoor.Catalog.Pages.Detail.Inspect;
using Stagedoor.Catalog.Pages.Detail.Layouts;
using Stagedoor.Catalog.Pages.Detail.Problems;
using Stagedoor.Catalog.Pages.Detail.Related;
using Stagedoor.Catalog.Pages.Detail.Repository;
using Stagedoor.Catalog.Pages.Detail.Subscriptions;
using Stagedoor.Catalog.Pages.Detail.Tools;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail;

/// <summary>What the catalog itself puts on an entity's page, through the slots that every plugin has.</summary>
internal static class DetailParts
{
    public static void AddDetail(this PluginBuilder plugin)
    {
        plugin.Services.AddSingleton<EntityLayouts>();
        plugin.Services.AddSingleton<EntitySections>();
        plugin.Services.AddSingleton<EntityForebears>();
        plugin.Services.AddSingleton<Neighbours>();
        plugin.Services.AddSingleton<EntityFolders>();
        plugin.Services.AddSingleton<SourceReading>();
        plugin.Services.AddSingleton<KnownSources>();
        plugin.Services.AddSingleton<TellSubscribers>();
        plugin.Background<TellingWorker>();
        plugin.OnStart((services, _) =>
        {
            services.GetRequiredService<EntityLayouts>().TellUnknown();
            return Task.CompletedTask;
        });
        plugin.AddCards();
        plugin.AddTabs();
    }

    private static void AddCards(this PluginBuilder plugin)
    {
        plugin.Slot(EntitySlots.Cards, typeof(ProblemsCard), "Problems", order: 0, span: 12);
        plugin.Slot(EntitySlots.Cards, typeof(AboutCard), "About", order: 10, span: 5, when: entity => IsThing(entity) || Is(entity, "Location"));
        plugin.Slot(EntitySlots.Cards, typeof(PartsCard), "Consists of", order: 40, span: 12, when: Has(PartsCard.Relation));
        plugin.Slot(EntitySlots.Cards, typeof(DefinitionCard), "Definition", order: 45, span: 7, when: IsApi);
        plugin.Slot(EntitySlots.Cards, typeof(DependsOnCard), "Depends on", order: 50, span: 4, when: Has(DependsOnCard.Relation));
        plugin.Slot(EntitySlots.Cards, typeof(DependentsCard), "Needed by", order: 51, span: 4, when: Has(DependentsCard.Relation));
        plugin.Slot(EntitySlots.Cards, typeof(ProvidesCard), "Provides APIs", order: 52, span: 4, when: Has(ProvidesCard.Relation));
        plugin.Slot(EntitySlots.Cards, typeof(ConsumesCard), "Uses APIs", order: 53, span: 4, when: Has(ConsumesCard.Relation));
        plugin.Slot(EntitySlots.Cards, typeof(ProvidedByCard), "Provided by", order: 54, span: 4, when: Has(ProvidedByCard.Relation));
        plugin.Slot(EntitySlots.Cards, typeof(ConsumedByCard), "Used by", order: 55, span: 4, when: Has(ConsumedByCard.Relation));
        plugin.Slot(EntitySlots.Cards, typeof(ReadmeCard), "Readme", order: 60, span: 8, when: MayHaveSource);
        plugin.Slot(EntitySlots.Cards, typeof(ContributorsCard), "Contributors", order: 61, span: 4, when: MayHaveHistory);
        plugin.Slot(EntitySlots.Cards, typeof(LanguagesCard), "Languages", order: 62, span: 4, when: MayHaveHistory);
        plugin.Slot(EntitySlots.Cards, typeof(ToolsCard), "Tools", order: 70, span: 4, when: IsRun);
        plugin.Slot(EntitySlots.Cards, typeof(ContactCard), "Contact the owner", order: 75, span: 4, when: entity => entity.Owner is not null);
        plugin.Slot(EntitySlots.Cards, typeof(LinksCard), "Links", order: 76, span: 4, when: entity => EntityLinks.Of(entity).Count > AboutCard.MostLinks);
        plugin.Slot(EntitySlots.Cards, typeof(FieldsCard), "Labels and fields", order: 80, span: 4, when: FieldsCard.HasPlace);
        plugin.Slot(EntitySlots.Cards, typeof(ChangesCard), "Recent changes", order: 72, span: 8);
    }

    private static void AddTabs(this PluginBuilder plugin)
    {
        plugin.Slot(EntitySlots.Tabs, typeof(DefinitionTab), "Definition", order: 20, when: IsApi);
        plugin.Slot(EntitySlots.Tabs, typeof(ApisTab), "APIs", order: 30, when: IsComponent, count: ApisTab.Count);
        plugin.Slot(EntitySlots.Tabs, typeof(DependenciesTab), "Dependencies", order: 40, when: DependenciesTab.HasPlace, count: DependenciesTab.Count);
        plugin.Slot(EntitySlots.Tabs, typeof(HistoryTab), "History", order: 900);
        plugin.Slot(EntitySlots.Tabs, typeof(InspectTab), "Inspect", order: 910);
    }

    private static Func<Entity, bool> Has(string relation) => entity => entity.Related(relation).Any();

    private static bool IsApi(Entity entity) => Is(entity, "API");

    private static bool IsComponent(Entity entity) => Is(entity, "Component");

    /// <summary>Something that may run in an environment.</summary>
    private static bool IsRun(Entity entity) => IsThing(entity) && !IsApi(entity) && !Is(entity, "Domain") && !Is(entity, "Template") && !Is(entity, "AiResource");

    /// <summary>Something that runs or is used, rather than somebody or a place.</summary>
    private static bool IsThing(Entity entity) => !Is(entity, "User") && !Is(entity, "Group") && !Is(entity, "Location");

    private static bool MayHaveSource(Entity entity) =>
        IsThing(entity) && EntityFolders.MayHave(entity) && (EntityFolders.HasFolderOfItsOwn(entity) || !(Is(entity, "System") || Is(entity, "Domain")));

    private static bool MayHaveHistory(Entity entity) =>
        (IsComponent(entity) || Is(entity, "System") || Is(entity, "Template")) && EntityFolders.MayHave(entity) && entity.Annotation("backstage.io/managed-by-location")?.StartsWith("file:", StringComparison.Ordinal) == false;

    private static bool Is(Entity entity, string kind) => string.Equals(entity.Kind, kind, StringComparison.OrdinalIgnoreCase);
}
