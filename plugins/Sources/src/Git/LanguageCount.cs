using System.Collections.Frozen;

namespace Stagedoor.Sources.Git;

/// <summary>Counts the bytes of each language by the names of files.</summary>
internal static class LanguageCount
{
    private static readonly FrozenDictionary<string, string> Code = Extensions(
        ("C#", "cs csx"), ("F#", "fs fsx fsi"), ("Visual Basic", "vb"), ("Java", "java"), ("Kotlin", "kt kts"), ("Scala", "scala sc"), ("Groovy", "groovy gradle"), ("Clojure", "clj cljs cljc"),
        ("Go", "go"), ("Rust", "rs"), ("C", "c h"), ("C++", "cc cpp cxx hh hpp hxx"), ("Objective-C", "m mm"), ("Swift", "swift"), ("Zig", "zig"), ("Dart", "dart"),
        ("Python", "py pyi"), ("Ruby", "rb rake erb"), ("PHP", "php"), ("Perl", "pl pm"), ("Lua", "lua"), ("R", "r"), ("Julia", "jl"), ("Haskell", "hs"), ("Elixir", "ex exs"), ("Erlang", "erl hrl"), ("OCaml", "ml mli"),
        ("JavaScript", "js jsx mjs cjs"), ("TypeScript", "ts tsx mts cts"), ("Vue", "vue"), ("Svelte", "svelte"), ("HTML", "html htm"), ("Razor", "razor cshtml"), ("CSS", "css"), ("Sass", "scss sass less"),
        ("Shell", "sh bash zsh"), ("PowerShell", "ps1 psm1"), ("SQL", "sql"), ("HCL", "tf tfvars hcl"), ("Nix", "nix"), ("Rego", "rego"), ("Starlark", "bzl star"), ("Jsonnet", "jsonnet libsonnet"), ("CUE", "cue"),
        ("Protocol Buffers", "proto"), ("GraphQL", "graphql gql"), ("Thrift", "thrift"), ("Solidity", "sol"), ("COBOL", "cbl cob"), ("Fortran", "f90 f95"), ("Assembly", "s asm"), ("Jupyter Notebook", "ipynb"));

    private static readonly FrozenDictionary<string, string> Data = Extensions(
        ("YAML", "yaml yml"), ("JSON", "json"), ("XML", "xml xsd"), ("TOML", "toml"), ("Markdown", "md mdx markdown"), ("AsciiDoc", "adoc"), ("reStructuredText", "rst"), ("CSV", "csv"), ("Text", "txt"));

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["Dockerfile"] = "Dockerfile", ["Containerfile"] = "Dockerfile", ["Makefile"] = "Makefile", ["Jenkinsfile"] = "Groovy", ["Rakefile"] = "Ruby", ["Gemfile"] = "Ruby", ["BUILD"] = "Starlark", ["WORKSPACE"] = "Starlark", ["Tiltfile"] = "Starlark",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Folders of what others wrote, or a build made.</summary>
    private static readonly FrozenSet<string> Foreign = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "node_modules", "bower_components", "vendor", "vendors", "third_party", "third-party", "thirdparty", "external", "dist", "build", "target", "out", "bin", "obj", "generated", "gen", "__generated__", "__snapshots__", ".yarn", ".git", ".idea", ".vscode", "testdata", "fixtures");

    private static readonly string[] GeneratedEndings =
    [
        ".min.js", ".min.css", ".g.cs", ".designer.cs", ".generated.cs", ".pb.go", ".pb.cc", ".pb.h", "_pb2.py", "_pb2_grpc.py", ".gen.go", "_generated.go", ".gen.ts", ".generated.ts", ".g.dart", ".freezed.dart", ".map", ".snap",
        "package-lock.json", "packages.lock.json", "npm-shrinkwrap.json", "composer.lock", "yarn.lock", "pnpm-lock.yaml", "go.sum", "cargo.lock", "gradlew", "gradlew.bat", "mvnw", "mvnw.cmd",
    ];

    /// <param name="under">The folder they are below: what its own path is called does not matter.</param>
    public static IReadOnlyList<LanguageShare> Of(IReadOnlyList<RepositoryEntry> files, string? under)
    {
        var above = string.IsNullOrEmpty(under) ? 0 : under.Trim('/').Length + 1;
        var (code, data) = (new Dictionary<string, long>(StringComparer.Ordinal), new Dictionary<string, long>(StringComparer.Ordinal));
        foreach (var file in files.Where(file => file.Kind is RepositoryEntryKind.File or RepositoryEntryKind.Executable && file.Size > 0 && !IsForeign(file.Path.Length > above ? file.Path[above..] : file.Path)))
        {
            var name = file.Path[(file.Path.LastIndexOf('/') + 1)..];
            var extension = name.LastIndexOf('.') is > 0 and var dot ? name[(dot + 1)..] : "";
            if (Names.TryGetValue(name, out var language) || Code.TryGetValue(extension, out language))
            {
                code[language] = code.GetValueOrDefault(language) + file.Size;
            }
            else if (Data.TryGetValue(extension, out language))
            {
                data[language] = data.GetValueOrDefault(language) + file.Size;
            }
        }

        return [.. (code.Count > 0 ? code : data).Select(share => new LanguageShare(share.Key, share.Value)).OrderByDescending(share => share.Bytes).ThenBy(share => share.Name, StringComparer.Ordinal)];
    }

    private static bool IsForeign(string path)
    {
        if (Array.Exists(GeneratedEndings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        var parts = path.Split('/');
        return parts[..^1].Any(Foreign.Contains);
    }

    private static FrozenDictionary<string, string> Extensions(params IEnumerable<(string Language, string Extensions)> languages) =>
        languages.SelectMany(language => language.Extensions.Split(' ').Select(extension => (extension, language.Language)))
            .ToFrozenDictionary(pair => pair.extension, pair => pair.Language, StringComparer.OrdinalIgnoreCase);
}
