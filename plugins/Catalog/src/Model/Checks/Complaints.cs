using Stagedoor.Catalog.Model.Documents;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Model.Checks;

/// <summary>Collects what is wrong in one document. A message after a field is a predicate: <c>is 'x'; at most …</c></summary>
internal sealed class Complaints(int document)
{
    /// <summary>A file can be wrong in a thousand places; a person reads the first ones.</summary>
    private const int Most = 50;

    private readonly List<(int Line, string Field, string Message)> _problems = [];
    private readonly List<(int Line, string Field, string Message)> _warnings = [];

    /// <summary>Whose they are, as soon as that is known.</summary>
    public EntityRef? Entity { get; set; }

    public bool HasProblems => _problems.Count > 0;

    /// <summary>A field has been complained about.</summary>
    public bool Has(string field) => _problems.Exists(problem => problem.Field == field);

    public IReadOnlyList<EntityProblem> Problems => Told(_problems);

    public IReadOnlyList<EntityProblem> Warnings => Told(_warnings);

    public void Refuse(int line, string field, string message) => _problems.Add((line, field, message));

    public void Refuse(Fault fault) => Refuse(fault.Line, fault.Field, fault.Message);

    public void Warn(int line, string field, string message) => _warnings.Add((line, field, message));

    private IReadOnlyList<EntityProblem> Told(List<(int Line, string Field, string Message)> told) =>
        told.Count == 0 ? [] : [.. told.Distinct().OrderBy(one => one.Line).Take(Most).Select(one => new EntityProblem(document, one.Line, one.Field, one.Message, Entity))];
}
