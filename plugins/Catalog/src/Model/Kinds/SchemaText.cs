using System.Text;
using Stagedoor.Catalog.Model.Documents;

namespace Stagedoor.Catalog.Model.Kinds;

/// <summary>A schema as people write it into a configuration: JSON, or YAML.</summary>
internal static class SchemaText
{
    /// <exception cref="CatalogModelException">It is neither.</exception>
    public static string ToJson(string text, string what)
    {
        var documents = YamlDocuments.Read(text).ToList();
        if (documents is not [{ Faults: [], Root: { } root }])
        {
            throw new CatalogModelException($"{what} is neither JSON nor YAML: {(documents is [{ Faults: [var fault, ..] }, ..] ? $"line {fault.Line}: {fault.Message}" : "it must be one document.")}");
        }

        return Encoding.UTF8.GetString(root.ToJson());
    }
}
