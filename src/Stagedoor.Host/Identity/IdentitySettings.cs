using Stagedoor.Plugins;

namespace Stagedoor.Host.Identity;

/// <summary>What was decided about identity at start, from the configuration, the environment and the sample.</summary>
internal sealed record IdentitySettings
{
    /// <summary>People and groups who may do everything.</summary>
    public IReadOnlySet<EntityRef> Administrators { get; init; } = new HashSet<EntityRef>();

    public IReadOnlyList<ServiceToken> Tokens { get; init; } = [];

    /// <summary>Whom one is without signing in: the sample's person, a guest, or nobody.</summary>
    public IdentitySource WithoutSignIn { get; init; } = IdentitySource.None;

    public EntityRef SamplePerson { get; init; } = EntityRef.User("mae");
}

/// <summary>A token of a program: its name, the SHA-256 of the token, and the roles it has.</summary>
internal sealed record ServiceToken(string Name, byte[] Hash, IReadOnlyList<string> Roles);
