using System.Globalization;
using System.Text;

namespace Stagedoor.Plugins;

/// <summary>One checking of one value: where it is, how deep, and what was found.</summary>
internal sealed class SchemaRun
{
    private const int MaxDepth = 300;

    private readonly List<(string? Name, int Index)> _path = [];
    private int _depth;

    /// <summary>Nothing while only the verdict counts; then checking ends at the first mistake.</summary>
    public List<SchemaProblem>? Problems { get; set; }

    public bool Fail(string keyword, string expected, string message)
    {
        Problems?.Add(new SchemaProblem(Path(), keyword, expected, message));
        return false;
    }

    public bool Enter(string? name, int index)
    {
        _path.Add((name, index));
        return Descend();
    }

    public void Leave()
    {
        _path.RemoveAt(_path.Count - 1);
        _depth--;
    }

    /// <summary>One level down without a step in the value: a reference may lead to itself.</summary>
    public bool Descend() => ++_depth <= MaxDepth || Fail("$ref", MaxDepth.ToString(CultureInfo.InvariantCulture), $"is nested more than {MaxDepth} levels deep, as is what the schema says of it");

    public void Ascend() => _depth--;

    private string Path()
    {
        var text = new StringBuilder();
        foreach (var (name, index) in _path)
        {
            text.Append('/');
            if (name is null)
            {
                text.Append(index);
            }
            else
            {
                text.Append(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
            }
        }

        return text.ToString();
    }
}
