using System.Globalization;
using System.Text;

namespace Stagedoor.Generate;

internal readonly record struct Written(int Files, long Bytes);

/// <summary>Lays the entities out as files, one file each, or repositories.</summary>
internal static class Layout
{
    private const int FilesPerFolder = 100;

    public static Written Write(GenerateOptions options, Population population)
    {
        var perFile = options.Layout == LayoutKind.Single ? 1 : options.PerFile;
        var files = (population.Count + perFile - 1) / perFile;
        long bytes = 0;
        Directory.CreateDirectory(options.Out);
        for (var folder = 0; folder < files; folder += FilesPerFolder)
        {
            Directory.CreateDirectory(Folder(options, folder));
        }

        // Which thread writes a file changes nothing in it.
        Parallel.For(0, files, () => (Text: new StringBuilder(), Writer: new EntityWriter(options, population), Bytes: 0L), (file, _, local) =>
        {
            local.Text.Clear();
            var last = Math.Min((file + 1) * perFile, population.Count);
            for (var i = file * perFile; i < last; i++)
            {
                if (i > file * perFile)
                {
                    local.Text.Append("---\n");
                }

                var (kind, number) = Population.At(i);
                local.Writer.Write(local.Text, kind, number);
            }

            return local with { Bytes = local.Bytes + Store(options, file, local.Text) };
        }, local => Interlocked.Add(ref bytes, local.Bytes));

        if (options.Layout == LayoutKind.Files)
        {
            File.WriteAllText(Path.Combine(options.Out, "all.yaml"), Location(files));
        }

        return new Written(files, bytes);
    }

    private static long Store(GenerateOptions options, int file, StringBuilder text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        switch (options.Layout)
        {
            case LayoutKind.Git:
                Repository.Make(Path.Combine(options.Out, "repositories", $"{Population.Name(Kind.System, file)}.git"), bytes);
                break;
            case LayoutKind.Single:
                var (kind, number) = Population.At(file);
                var folder = Path.Combine(Folder(options, file), $"{Population.Lower(kind)}-{Population.Namespace(kind, number)}-{Population.Name(kind, number)}");
                Directory.CreateDirectory(folder);
                File.WriteAllBytes(Path.Combine(folder, "catalog-info.yaml"), bytes);
                break;
            default:
                File.WriteAllBytes(Path.Combine(Folder(options, file), FileName(file)), bytes);
                break;
        }

        return bytes.Length;
    }

    private static string Folder(GenerateOptions options, int file) => options.Layout == LayoutKind.Git
        ? Path.Combine(options.Out, "repositories")
        : Path.Combine(options.Out, "catalog", (file / FilesPerFolder).ToString("0000", CultureInfo.InvariantCulture));

    private static string FileName(int file) => string.Create(CultureInfo.InvariantCulture, $"entities-{file:00000}.yaml");

    private static string Location(int files)
    {
        var text = new StringBuilder("apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: generated-catalog\nspec:\n  type: file\n  targets:\n");
        for (var file = 0; file < files; file++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    - ./catalog/{file / FilesPerFolder:0000}/{FileName(file)}\n");
        }

        return text.ToString();
    }
}
