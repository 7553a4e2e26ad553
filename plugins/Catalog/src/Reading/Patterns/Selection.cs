using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Reading.Patterns;

/// <summary>Which files of a place that holds many are read, and by whom.</summary>
internal sealed class Selection
{
    private static readonly string[] CatalogNames = ["catalog-info.yaml", "catalog-info.yml"];

    private readonly IReadOnlyList<Glob> _include;
    private readonly IReadOnlyList<Glob> _exclude;
    private readonly IReadOnlyList<(Glob Pattern, IDescriptorReader Reader)> _readers;

    private Selection(IReadOnlyList<Glob> include, IReadOnlyList<Glob> exclude, IReadOnlyList<(Glob Pattern, IDescriptorReader Reader)> readers)
    {
        _include = include;
        _exclude = exclude;
        _readers = readers;
    }

    /// <param name="otherwise">What is included when the request names nothing.</param>
    /// <exception cref="PlaceException">A pattern is not one.</exception>
    public static Selection Of(PlaceRequest request, params IReadOnlyList<string> otherwise)
    {
        try
        {
            return new Selection(
                [.. (request.Include.Count > 0 ? request.Include : otherwise).Select(Glob.Parse)],
                [.. request.Exclude.Select(Glob.Parse)],
                [.. request.DescriptorReaders.SelectMany(reader => reader.Patterns.Select(pattern => (Glob.Parse(pattern), reader)))]);
        }
        catch (FormatException e)
        {
            throw new PlaceException(e.Message, isGone: false, e);
        }
    }

    /// <summary>Whether there is a folder to look into.</summary>
    public bool MayMatchBelow(string folder) =>
        _include.Any(glob => glob.MayMatchBelow(folder)) || _readers.Any(reader => reader.Pattern.MayMatchBelow(folder));

    public bool GoesDeeper => _include.Any(glob => glob.GoesDeeper) || _readers.Any(reader => reader.Pattern.GoesDeeper);

    /// <summary>Whether a file is read; by nobody in particular if it is a catalog file.</summary>
    public bool Selects(string path, out IDescriptorReader? reader)
    {
        reader = null;
        if (_exclude.Any(glob => glob.Matches(path)))
        {
            return false;
        }

        var isCatalogFile = CatalogNames.Contains(path[(path.LastIndexOf('/') + 1)..]);
        reader = isCatalogFile ? null : _readers.FirstOrDefault(candidate => candidate.Pattern.Matches(path)).Reader;
        return reader is not null || _include.Any(glob => glob.Matches(path));
    }

    /// <summary>Changes when another selection would select otherwise.</summary>
    public string Text => string.Join('\n', [
        .. _include.Select(glob => "+" + glob.Text),
        .. _exclude.Select(glob => "-" + glob.Text),
        .. _readers.Select(reader => $"{reader.Reader.GetType().FullName}:{reader.Reader.Version}:{reader.Pattern.Text}"),
    ]);
}
