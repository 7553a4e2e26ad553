using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Model;

/// <summary>Something wrong in a file of entities: where, what was found, what is allowed.</summary>
/// <param name="Document">Which document of the file, counted from 1; 0 if it is about the whole file.</param>
/// <param name="Line">Counted from 1; 0 if unknown.</param>
/// <param name="Field">A dotted path such as <c>metadata.name</c>; empty if it is about the whole document.</param>
/// <param name="Entity">The entity it concerns, as far as its name could be read.</param>
internal sealed record EntityProblem(int Document, int Line, string Field, string Message, EntityRef? Entity);
