namespace Stagedoor.Catalog.Model;
internal sealed class EntityFiles { public Task<FileReading> Read(EntityFile file, CancellationToken cancellationToken) => throw new NotImplementedException(); }
