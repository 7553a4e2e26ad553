using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Stagedoor.Load.Documentation;

/// <summary>A site of many pages as people write them, the same on every machine: in a repository for the portal, in a folder for MkDocs.</summary>
internal sealed class GeneratedSite : IDisposable
{
    private const int PagesOfSection = 50;

    private static readonly string[] Words =
        "account ledger payment booking settlement event queue replica snapshot cursor retry timeout owner squad colony domain service consumer producer schema field version change release branch review incident alarm runbook budget latency deadline batch window limit quota token secret key rotation audit trail".Split(' ');

    private readonly Random _random = new(12);

    private GeneratedSite(string folder, int pages)
    {
        Folder = folder;
        Pages = pages;
    }

    public string Folder { get; }

    public string Repository => Path.Combine(Folder, "site");

    public int Pages { get; }

    /// <summary>Where the portal shows its pages, below the site.</summary>
    public IEnumerable<string> Addresses => Enumerable.Range(0, Pages).Select(AddressOf);

    public static GeneratedSite Make(int pages)
    {
        var site = new GeneratedSite(Directory.CreateTempSubdirectory("stagedoor-bench-docs-").FullName, pages);
        site.WriteAll();
        site.Git("init", "-q", "-b", "main");
        site.Git("add", "-A");
        site.Git("commit", "-q", "-m", "The site");
        return site;
    }

    public static string AddressOf(int page) => string.Create(CultureInfo.InvariantCulture, $"section-{page / PagesOfSection}/page-{page}");

    public string PathOf(int page) => Path.Combine(Repository, "docs", $"{AddressOf(page)}.md");

    public void Commit(int page, string text)
    {
        File.AppendAllText(PathOf(page), $"\n{text}\n");
        Git("commit", "-q", "-a", "-m", "A change");
    }

    public long Bytes() => Directory.EnumerateFiles(Path.Combine(Repository, "docs"), "*.md", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void WriteAll()
    {
        Directory.CreateDirectory(Path.Combine(Repository, "docs"));
        File.WriteAllText(Path.Combine(Repository, "catalog-info.yaml"), """
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata:
              name: bench
              annotations:
                backstage.io/techdocs-ref: dir:.
            spec:
              type: documentation
              lifecycle: production
              owner: nobody
            """);

        // What techdocs-core turns on, as far as it can be had beside the MkDocs that is measured.
        File.WriteAllText(Path.Combine(Repository, "mkdocs.yml"), """
            site_name: Bench
            theme:
              name: material
              font: false
            plugins: [search]
            markdown_extensions:
              - admonition
              - toc: {permalink: true}
              - pymdownx.details
              - pymdownx.tabbed: {alternate_style: true}
              - pymdownx.caret
              - pymdownx.critic
              - pymdownx.emoji
              - pymdownx.inlinehilite
              - pymdownx.magiclink
              - pymdownx.mark
              - pymdownx.smartsymbols
              - pymdownx.highlight: {linenums: true, pygments_lang_class: true}
              - pymdownx.extra
              - pymdownx.tasklist: {custom_checkbox: true}
              - pymdownx.tilde
            """);
        File.WriteAllText(Path.Combine(Repository, "docs", "index.md"), "# Bench\n\n" + Paragraph() + "\n");
        for (var page = 0; page < Pages; page++)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(page))!);
            File.WriteAllText(PathOf(page), Page(page));
        }
    }

    private string Page(int number)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {Title()} {number}\n\n{Paragraph()}\n\n!!! note \"{Title()}\"\n\n    {Paragraph()}\n\n");
        for (var section = 0; section < 5; section++)
        {
            text.Append(CultureInfo.InvariantCulture, $"## {Title()}\n\n{Paragraph()} See [another page](page-{(number / PagesOfSection * PagesOfSection) + _random.Next(Math.Min(PagesOfSection, Pages - (number / PagesOfSection * PagesOfSection)))}.md).\n\n");
            text.Append(section switch
            {
                0 => $"- {Sentence()}\n- {Sentence()}\n    1. {Sentence()}\n    2. {Sentence()}\n- {Sentence()}\n\n",
                1 => $"```csharp title=\"{Word()}.cs\" hl_lines=\"2\"\npublic sealed record {Title().Replace(" ", "", StringComparison.Ordinal)}(string Name, int Count)\n{{\n    public bool IsEmpty => Count == 0;\n}}\n```\n\n",
                2 => $"| {Word()} | {Word()} | {Word()} |\n|---|:---:|---:|\n{string.Concat(Enumerable.Range(0, 8).Select(row => $"| {Word()} | **{Word()}** | {_random.Next(10_000)} |\n"))}\n",
                3 => $"=== \"C#\"\n\n    ```csharp\n    var {Word()} = await Find(\"{Word()}\");\n    ```\n\n=== \"Shell\"\n\n    ```sh\n    {Word()} --{Word()} | {Word()}\n    ```\n\n",
                _ => $"- [x] {Sentence()}\n- [ ] {Sentence()}\n\nIt is ==marked==, `code`, and has a note[^1].\n\n[^1]: {Sentence()}\n\n",
            });
        }

        return text.ToString();
    }

    private string Word() => Words[_random.Next(Words.Length)];

    private string Title() => string.Join(' ', Enumerable.Range(0, 3).Select(_ => Word())) is var words ? char.ToUpperInvariant(words[0]) + words[1..] : "";

    private string Sentence() => $"The {Word()} of a {Word()} is a {Word()} with its own {Word()}.";

    private string Paragraph() => string.Join(' ', Enumerable.Range(0, 6).Select(_ => Sentence()));

    private void Git(params string[] arguments)
    {
        Directory.CreateDirectory(Repository);
        using var git = Process.Start(new ProcessStartInfo("git", ["-c", "user.name=Bench", "-c", "user.email=bench@example.com", .. arguments]) { WorkingDirectory = Repository, RedirectStandardError = true, UseShellExecute = false })!;
        var said = git.StandardError.ReadToEnd();
        git.WaitForExit();
        if (git.ExitCode != 0)
        {
            throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {said}");
        }
    }
}
