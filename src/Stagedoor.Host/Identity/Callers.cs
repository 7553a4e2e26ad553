using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Claims;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Identity;

/// <summary>Builds callers: who they are, their groups, their roles, and what these let them do.</summary>
internal sealed class Callers(IDirectory directory, PluginRegistry plugins, IdentitySettings settings)
{
    /// <summary>Beyond this all are forgotten, and those who come again are looked up again.</summary>
    private const int MaxKept = 10_000;

    private readonly ConcurrentDictionary<(ServiceToken, int), Identified> _services = new();
    private volatile Known _known = new(0, 0);

    public static readonly Identified Nobody = new(Caller.Anonymous, new ClaimsPrincipal(new ClaimsIdentity()), IdentitySource.None);

    /// <summary>A person of the organisation, or nobody.</summary>
    public Identified? Person(EntityRef person, IdentitySource source)
    {
        var all = CurrentlyKnown();
        if (all.People.TryGetValue(person, out var known))
        {
            return known;
        }

        if (directory.FindPerson(person) is not { } found)
        {
            return null;
        }

        var groups = directory.GroupsOf(person);
        var isAdministrator = settings.Administrators.Contains(person) || found.MemberOf.Any(Entrusted(all).Contains);
        var identified = Identify(CallerKind.Person, found.Ref, found.Name, groups, isAdministrator ? [Role.Administrator.Name] : [], source);
        all.People[person] = identified;
        return identified;
    }

    public Identified Guest() =>
        Identify(CallerKind.Guest, EntityRef.User("guest"), "Guest", [], [Role.Administrator.Name], IdentitySource.Guest);

    /// <summary>By the token, not by its name: two tokens of one name may have different roles.</summary>
    public Identified Service(ServiceToken token) => _services.GetOrAdd(
        (token, plugins.Version),
        _ => Identify(CallerKind.Service, new EntityRef("service", EntityRef.DefaultNamespace, token.Name), token.Name, [], token.Roles, IdentitySource.ServiceToken));

    /// <summary>What a role allows changes when a plugin leaves; whom it is given to, with the directory.</summary>
    private Known CurrentlyKnown()
    {
        var known = _known;
        var (version, revision) = (plugins.Version, directory.Revision);
        if (known.Version != version || known.Revision != revision || known.People.Count >= MaxKept)
        {
            // Read before the people are: what is learned of an older directory is not kept for a newer one.
            _known = known = new Known(version, revision);
        }

        return known;
    }

    /// <summary>
    /// The groups whose members are administrators: those of the configuration, and the children that such a group names itself.
    /// A group that says it belongs to one of them gets nothing by that.
    /// </summary>
    private HashSet<EntityRef> Entrusted(Known known)
    {
        if (known.Entrusted is { } before)
        {
            return before;
        }

        var entrusted = new HashSet<EntityRef>(settings.Administrators);
        var toFollow = new Queue<EntityRef>(settings.Administrators);
        while (toFollow.TryDequeue(out var group))
        {
            foreach (var child in directory.FindGroup(group)?.NamedChildren ?? [])
            {
                if (entrusted.Add(child))
                {
                    toFollow.Enqueue(child);
                }
            }
        }

        return known.Entrusted = entrusted;
    }

    private Identified Identify(
        CallerKind kind, EntityRef reference, string name, IReadOnlyList<EntityRef> groups, IReadOnlyCollection<string> roles, IdentitySource source)
    {
        var all = roles.Append(Role.Everyone.Name).ToFrozenSet(StringComparer.Ordinal);
        var caller = new Caller
        {
            Kind = kind,
            Ref = reference,
            Name = name,
            Groups = groups,
            Roles = all,
            Permissions = plugins.Active
                .SelectMany(plugin => plugin.Contributions.Permissions)
                .Where(permission => all.Contains(permission.GrantedTo.Name))
                .Select(permission => permission.Permission.Name)
                .ToFrozenSet(StringComparer.Ordinal),
        };
        var claims = new ClaimsIdentity(
            [new Claim("sub", reference.ToString()), new Claim(ClaimTypes.Name, name)], "stagedoor", ClaimTypes.Name, ClaimTypes.Role);
        return new Identified(caller, new ClaimsPrincipal(claims), source);
    }

    private sealed record Known(int Version, long Revision)
    {
        public ConcurrentDictionary<EntityRef, Identified> People { get; } = new();

        public HashSet<EntityRef>? Entrusted { get; set; }
    }
}
