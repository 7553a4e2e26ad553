using Stagedoor.Sources;

namespace Stagedoor.Docs.Places;

/// <summary>Where the documentation of an entity lies.</summary>
/// <param name="Folder">That of its mkdocs.yml or of its Markdown, without slashes around; empty for the whole.</param>
/// <param name="Decisions">The folder of its decision records, if it names one.</param>
internal abstract record DocsPlace(string Folder, string? Decisions)
{
    /// <summary>Tells places apart.</summary>
    public abstract string Key { get; }

    /// <summary>A folder of a repository.</summary>
    /// <param name="Reference">The branch it is read at; nothing for the default one.</param>
    internal sealed record InRepository(RepositoryAddress Repository, string? Reference, string Folder, string? Decisions) : DocsPlace(Folder, Decisions)
    {
        public override string Key => $"git\n{Repository.Url}\n{Reference}\n{Folder}\n{Decisions}";
    }

    /// <summary>A folder of this machine.</summary>
    /// <param name="Root">Nothing outside it is read, whatever a link or a path says.</param>
    internal sealed record OnThisMachine(string Root, string Folder, string? Decisions) : DocsPlace(Folder, Decisions)
    {
        public override string Key => $"file\n{Root}\n{Folder}\n{Decisions}";
    }
}
