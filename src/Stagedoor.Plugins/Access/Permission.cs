namespace Stagedoor.Plugins;

/// <summary>Something one may do. Its name starts with the id of the plugin that declares it.</summary>
public sealed record Permission(string Name, string Description)
{
    public override string ToString() => Name;
}

/// <summary>A set of permissions under a name. Service tokens and configuration name roles.</summary>
public sealed record Role(string Name)
{
    /// <summary>Everybody with an identity, people and services alike.</summary>
    public static readonly Role Everyone = new("everyone");

    /// <summary>Those who run the portal. They may do everything.</summary>
    public static readonly Role Administrator = new("administrator");

    public override string ToString() => Name;
}
