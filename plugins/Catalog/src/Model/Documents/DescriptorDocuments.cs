using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Model.Documents;

/// <summary>What a plugin's reader finds in a file that is not a catalog file.</summary>
internal static class DescriptorDocuments
{
    public static IReadOnlyList<Document> Read(IDescriptorReader reader, EntityFile file)
    {
        DescriptorReading read;
        try
        {
            var path = file.Path ?? file.Target[(file.Target.IndexOf(':', StringComparison.Ordinal) + 1)..];
            read = reader.Read(new DescriptorFile(path, file.Target, file.Content));
        }
        catch (Exception failed)
        {
            // A reader is a plugin's code: whatever it throws concerns this file only.
            return [Whole([new Fault(0, "", $"The reader {reader.GetType().Name} failed: {failed.Message}")])];
        }

        var documents = read.Entities.Select((entity, index) => JsonDocuments.Read(entity) with { Number = index + 1, Line = 0, HasPlaceholders = false }).ToList();
        if (read.Problems.Count > 0)
        {
            documents.Insert(0, Whole([.. read.Problems.Select(problem => new Fault(problem.Line, "", problem.Message))]));
        }

        return documents;
    }

    private static Document Whole(IReadOnlyList<Fault> faults) => new(0, 0, null, faults);
}
