using System.Diagnostics;

namespace Stagedoor.EndToEnd.Tests.Docs;

/// <summary>A repository with documentation of every kind, in two versions, and the configuration of a portal that reads it.</summary>
internal sealed class DocsFolder : IDisposable
{
    public const string Site = "/docs/default/component/ledger";

    private readonly string _folder = Directory.CreateTempSubdirectory("stagedoor-docs-").FullName;

    public DocsFolder()
    {
        Write("catalog-info.yaml",
            """
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata:
              name: ledger
              description: Keeps every movement of money.
              annotations: {backstage.io/techdocs-ref: 'dir:.'}
            spec: {type: service, lifecycle: production, owner: squad-ice}
            """);
        Write("mkdocs.yml",
            """
            site_name: Ledger handbook
            nav:
              - Home: index.md
              - Guide:
                  - Setting up: guide/setup.md
                  - Drawn: guide/drawn.md
            plugins: [techdocs-core]
            markdown_extensions:
              - pymdownx.arithmatex: {generic: true}
              - pymdownx.emoji: {emoji_index: '!!python/name:materialx.emoji.twemoji'}
            """);
        Write("docs/index.md", "# Ledger\n\nThe first edition. See [the component](entity:component/ledger).\n");
        Write("docs/guide/setup.md",
            """"
            # Setting up

            ## Get it

            === "HTTPS"

                ```bash
                git clone https://example.com/ledger.git # the walrus
                ```

            === "SSH"

                ```bash
                git clone git@example.com:ledger.git
                ```

            ## Configure

            ```yaml linenums="1" hl_lines="2"
            ledger:
              currency: NOK
            ```

            """" + string.Concat(Enumerable.Range(0, 60).Select(i => $"Paragraph {i} of a long section.\n\n")) + "## Run it\n\nRun it.\n\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"Line {i}.\n\n")));
        Write("docs/guide/drawn.md",
            """
            # Drawn

            The balance is \(B = \sum_i a_i\).

            ```mermaid
            flowchart LR
              A[Client] --> B[Ledger]
            ```

            ```mermaid
            flowchart LR
              this is -> wrong
            ```

            ![Flow](../flow.svg)
            """);
        Write("docs/flow.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1600\" height=\"300\" viewBox=\"0 0 1600 300\"><rect width=\"1600\" height=\"300\" fill=\"teal\"/></svg>");
        Git("init", "-q", "-b", "main");
        Commit();
        Git("tag", "v1");
        Write("docs/index.md", "# Ledger\n\nThe second edition. See [the component](entity:component/ledger).\n");
        Commit();
    }

    public string Configuration =>
        $"""
        sources:
          roots: [{_folder}]
        catalog:
          locations:
            - type: git
              target: file://{_folder}?path=catalog-info.yaml
        """;

    public void Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public void Commit()
    {
        Git("add", "-A");
        Git("-c", "user.name=Mae Albrecht", "-c", "user.email=mae@example.com", "commit", "-q", "-m", "A change");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder, Environment = { ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_NOSYSTEM"] = "1" } })!;
        git.WaitForExit();
        if (git.ExitCode != 0)
        {
            throw new InvalidOperationException($"git {string.Join(' ', arguments)} failed.");
        }
    }
}
