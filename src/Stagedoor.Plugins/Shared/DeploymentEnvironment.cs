namespace Stagedoor.Plugins;

/// <summary>A place where software runs, from the configuration's <c>environments</c>: dev, staging, prod or any other.</summary>
/// <param name="Name">As it stands in addresses: <c>prod</c>.</param>
/// <param name="Order">Its place on the way to production.</param>
/// <param name="Protected">Acting here deserves care: confirmations, approvals.</param>
public sealed record DeploymentEnvironment(string Name, string Title, int Order, bool Protected)
{
    /// <summary>Addresses of tools by name, with placeholders such as <c>{entity.name}</c>.</summary>
    public IReadOnlyDictionary<string, string> Links { get; init; } = new Dictionary<string, string>();
}

public interface IEnvironments
{
    /// <summary>All, in order.</summary>
    IReadOnlyList<DeploymentEnvironment> All { get; }

    DeploymentEnvironment? Find(string name);
}
