namespace Stagedoor.Host.Configuration;

internal enum OriginKind
{
    Default,
    File,
    Environment,
    CommandLine,
}

/// <summary>Where a setting was written: a place in a file, an environment variable, an option of the command line.</summary>
internal sealed record Origin(OriginKind Kind, string Name)
{
    public static readonly Origin Default = new(OriginKind.Default, "default");

    /// <summary>Counted from one; zero means the file as a whole.</summary>
    public int Line { get; init; }

    public int Column { get; init; }

    public ConfigurationFile? File { get; init; }

    public static Origin In(ConfigurationFile file, long line, long column) =>
        new(OriginKind.File, file.Name) { File = file, Line = (int)line, Column = (int)column };

    public static Origin Variable(string name) => new(OriginKind.Environment, name);

    public static Origin Option(string name) => new(OriginKind.CommandLine, name);

    public override string ToString() => Kind switch
    {
        OriginKind.File when Line > 0 => $"{Name}:{Line}",
        OriginKind.Environment => $"environment {Name}",
        OriginKind.CommandLine => $"command line {Name}",
        _ => Name,
    };
}

/// <summary>A configuration file as it was read, kept to show the line of a mistake.</summary>
/// <param name="Name">As a person would say it: relative to the working directory where that is shorter.</param>
internal sealed record ConfigurationFile(string Path, string Name, IReadOnlyList<string> Lines)
{
    public string Directory => System.IO.Path.GetDirectoryName(Path)!;

    public static string NameOf(string path, string workingDirectory)
    {
        var relative = System.IO.Path.GetRelativePath(workingDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    public override string ToString() => Name;
}
