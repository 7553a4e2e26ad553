using System.Collections.Frozen;
using Microsoft.AspNetCore.Components;

namespace Stagedoor.Docs.Pages.Reader;

/// <summary>Which grammars the code of a page is coloured by: only those go to the browser.</summary>
internal static class CodeLanguages
{
    private const string Prefix = "language-";

    private const int LongestName = 40;

    private static readonly FrozenDictionary<string, string> Grammars = All().DistinctBy(pair => pair.Key).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // A grammar that finds others in its code names them, and has to come after them.
    private static readonly Dictionary<string, string[]> Within = new(StringComparer.Ordinal)
    {
        ["xml"] = ["css", "javascript"], ["markdown"] = ["xml"], ["php"] = ["xml"], ["shell"] = ["bash"], ["dockerfile"] = ["bash"], ["http"] = ["json"],
    };

    /// <summary>The addresses of the grammars, by the names that the page calls them.</summary>
    public static string For(string html, ResourceAssetCollection assets)
    {
        var named = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var at = html.IndexOf(Prefix, StringComparison.Ordinal); at >= 0; at = html.IndexOf(Prefix, at + 1, StringComparison.Ordinal))
        {
            var rest = html.AsSpan(at + Prefix.Length, Math.Min(LongestName, html.Length - at - Prefix.Length));
            var end = rest.IndexOfAny('"', ' ');
            if (end <= 0) continue;
            var name = rest[..end].ToString();
            if (Grammars.GetValueOrDefault(name) is { } grammar) named.TryAdd(name, grammar);
        }

        var wanted = named.Values.SelectMany(grammar => Within.GetValueOrDefault(grammar, []).SelectMany(inner => Within.GetValueOrDefault(inner, []).Append(inner)).Append(grammar)).Distinct(StringComparer.Ordinal);
        return string.Join(' ', named.Select(pair => $"{pair.Key}={pair.Value}").Concat(wanted.Select(grammar => $"{grammar}:/{assets[$"_plugins/docs/lib/{grammar}.min.js"]}")));
    }

    private static IEnumerable<KeyValuePair<string, string>> All()
    {
        const string Names = """
            bash sh zsh ksh shell shell-script
            c h
            clojure clj edn
            cmake
            cpp c++ cc cxx hpp
            csharp cs c# dotnet
            css
            dart
            diff patch udiff
            dockerfile docker
            elixir ex exs
            erlang erl
            fsharp fs f#
            go golang
            gradle
            graphql gql
            groovy jenkinsfile
            haskell hs
            http https
            ini toml cfg dosini
            java jsp
            javascript js jsx mjs cjs node
            json json5 jsonc jsonl
            julia jl
            kotlin kt kts
            latex tex
            less
            lua
            makefile make mk
            markdown md mkd
            nginx nginxconf
            objectivec objc obj-c
            ocaml ml
            perl pl
            php
            powershell ps1 pwsh posh
            properties java-properties
            protobuf proto
            puppet pp
            python py py3 pyi
            r
            ruby rb
            rust rs
            scala
            scss sass
            shell console console-session shell-session sh-session shellsession
            sql mysql postgresql psql plsql tsql sqlite
            swift
            typescript ts tsx mts
            vbnet vb vb.net
            xml html xhtml svg xsd xslt plist htm rss atom
            yaml yml
            """;
        foreach (var line in Names.Split('\n'))
        {
            var names = line.Trim().Split(' ');
            foreach (var name in names) yield return new(name, names[0]);
        }
    }
}
