using System.Text.Json;
using Stagedoor.Catalog.Model;
using Stagedoor.Catalog.Model.Kinds;
using Stagedoor.Catalog.Validate;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Tests.Validate;

/// <summary><c>stagedoor catalog validate</c>, in a folder of its own.</summary>
public sealed class ValidationTests : IDisposable
{
    private const string System = "apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata: {name: NAME}\nspec: {owner: crew}\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("stagedoor-validate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Right_files_are_counted()
    {
        Write("catalog-info.yaml", Named("a"));
        Write("deep/er/catalog-info.yml", Named("b"));
        Write("deep/other.yaml", "neither: catalog\n");
        Write("node_modules/x/catalog-info.yaml", "[");

        (await Tell(ReportFormat.Text)).ShouldBe(["2 files, 2 entities: all is right."]);
    }

    [Fact]
    public async Task Mistakes_are_told_with_file_line_and_field()
    {
        Write("catalog-info.yaml", Named("a_").Replace("owner: crew", "onwer: crew"));

        (await Tell(ReportFormat.Text)).ShouldBe(
        [
            "catalog-info.yaml:3: metadata.name is 'a_'; letters, digits, '-', '_' and '.' are allowed, beginning and ending with a letter or digit, at most 63 in all",
            "catalog-info.yaml:4: spec.owner is missing. Is 'onwer' meant to be it?",
            "",
            "1 file, 0 entities: 2 mistakes.",
        ]);
    }

    [Fact]
    public async Task Locations_are_followed_to_files_beside_them()
    {
        Write("catalog-info.yaml", Location("./parts/*.yaml", "./single.yaml", "https://git.harbour.example/x.yaml"));
        Write("parts/one.yaml", Named("one"));
        Write("parts/two.yaml", Named("two").Replace("crew", "[crew]"));
        Write("single.yaml", Named("single"));

        (await Tell(ReportFormat.Text)).ShouldBe(
        [
            "parts/two.yaml:4: spec.owner is a list; text is allowed", "",
            "4 files, 4 entities: 1 mistake. 1 target of a location lies elsewhere and was not read.",
        ]);
    }

    [Theory]
    [InlineData("./gone.yaml", "names './gone.yaml', and there is no such file")]
    [InlineData("../../../../../../etc/passwd", "names '../../../../../../etc/passwd', which is not read: it lies outside of")]
    [InlineData("./link.yaml", "names './link.yaml', which is not read: it is a link that leads outside, where a portal does not read it")]
    public async Task A_location_that_leads_nowhere_is_a_mistake(string target, string message)
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "link.yaml"), "/etc/hostname");
        Write("catalog-info.yaml", Location(target));

        (await Tell(ReportFormat.Text))[0].ShouldStartWith($"catalog-info.yaml:4: spec.target {message}");
    }

    [Fact]
    public async Task An_entity_in_two_files_is_told_with_both()
    {
        Write("a/catalog-info.yaml", Named("same"));
        Write("b/catalog-info.yaml", Named("Same"));

        (await Tell(ReportFormat.Text))[0].ShouldBe("b/catalog-info.yaml:1: metadata.name makes this system:default/same, as a/catalog-info.yaml:1 does; only one of them can be in the catalog");
    }

    [Fact]
    public async Task Github_gets_annotations()
    {
        Write("catalog-info.yaml", Named("a").Replace("crew", "'50%, or:'"));
        Write("b,c/catalog-info.yaml", Named("b").Replace("crew", "3"));

        (await Tell(ReportFormat.Github)).ShouldContain("::error file=b%2Cc/catalog-info.yaml,line=4,title=spec.owner::spec.owner is 3; text is allowed. Write it in quotes");
    }

    [Fact]
    public async Task Gitlab_gets_a_report_whose_fingerprints_survive_a_move()
    {
        Write("catalog-info.yaml", Named("a").Replace("crew", "3"));
        var before = JsonElement.Parse(string.Join('\n', await Tell(ReportFormat.Gitlab)))[0];
        Write("catalog-info.yaml", "# moved\n" + Named("a").Replace("crew", "3"));
        var after = JsonElement.Parse(string.Join('\n', await Tell(ReportFormat.Gitlab)))[0];

        after.GetProperty("fingerprint").GetString().ShouldBe(before.GetProperty("fingerprint").GetString());
        after.GetProperty("location").GetProperty("path").GetString().ShouldBe("catalog-info.yaml");
        after.GetProperty("location").GetProperty("lines").GetProperty("begin").GetInt32().ShouldBe(5);
        after.GetProperty("severity").GetString().ShouldBe("major");
    }

    [Fact]
    public async Task A_portals_configuration_brings_its_kinds_fields_and_rules()
    {
        Write("app-config.yaml", """
            app:
              title: ${TITLE}
            catalog:
              rules:
                - allow: [Buoy, {kind: System, spec.type: product}]
              kinds:
                - name: Buoy
                  apiVersions: [harbour.example/v1]
                  schema:
                    properties: { spec: { properties: { colour: { enum: [red] } } } }
              fields:
                - { path: metadata.labels.tier, title: Tier, kinds: [Buoy], required: true }
            """);
        Write("catalog-info.yaml", "apiVersion: harbour.example/v1\nkind: Buoy\nmetadata: {name: b}\nspec: {colour: blue}\n---\n" + Named("s"));

        (await Tell(ReportFormat.Text, "app-config.yaml")).ShouldBe(
        [
            "catalog-info.yaml:1: metadata.labels.tier is missing (Tier)",
            "catalog-info.yaml:4: spec.colour is 'blue'; allowed: 'red'",
            "catalog-info.yaml:7: kind is System, which this place may not declare; allowed here: Buoy. The rules stand in catalog.rules and beside the location",
            "",
            "1 file, 2 entities: 3 mistakes.",
        ]);
    }

    [Fact]
    public void A_path_that_is_not_there_is_told() =>
        Should.Throw<ValidateException>(() => CatalogFileSearch.Find(_folder, ["gone"], [])).Message.ShouldBe("There is no file or folder gone.");

    [Fact]
    public void A_folder_without_catalog_files_is_told_with_what_was_looked_for() =>
        Should.Throw<ValidateException>(() => CatalogFileSearch.Find(_folder, ["."], ["*.entity.yaml"])).Message.ShouldBe(
            "No catalog file lies in '.'. Looked for **/catalog-info.yaml, **/catalog-info.yml, *.entity.yaml; --pattern looks for others.");

    [Fact]
    public void Other_files_are_found_by_a_pattern()
    {
        Write("x/boat.entity.yaml", Named("x"));

        CatalogFileSearch.Find(_folder, ["."], ["**/*.entity.yaml"]).ShouldBe([Path.Combine(_folder, "x", "boat.entity.yaml")]);
    }

    private static string Named(string name) => System.Replace("NAME", name);

    private static string Location(params string[] targets) =>
        $"apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {{name: all}}\nspec: {{targets: [{string.Join(", ", targets.Select(target => $"'{target}'"))}]}}\n";

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private async Task<IReadOnlyList<string>> Tell(ReportFormat format, string? config = null)
    {
        var portal = config is null ? PortalModel.None : PortalModel.Read(Path.Combine(_folder, config));
        var validation = new Validation(new EntityFiles(new KnownKinds(portal.Kinds, portal.Fields), []), portal.Allowed, _folder);
        var output = new Lines();
        Report.Write(await validation.Run(CatalogFileSearch.Find(_folder, ["."], []), TestContext.Current.CancellationToken), format, output);
        return output.Told;
    }

    private sealed class Lines : CommandOutput
    {
        public List<string> Told { get; } = [];

        public override void Line(string text) => Told.Add(text);

        public override void Rows<T>(IReadOnlyCollection<T> rows, params IReadOnlyList<CommandColumn<T>> columns) => throw new NotSupportedException();

        public override void Item<T>(T item, params IReadOnlyList<CommandColumn<T>> fields) => throw new NotSupportedException();

        public override void Note(string text) => text.ShouldNotBeEmpty();

        public override void Error(string text) => throw new NotSupportedException();
    }
}
