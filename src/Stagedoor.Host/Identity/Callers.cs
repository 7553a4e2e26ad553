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
    private volatile Known _known = new(0);
    private volatile Entrusting _entrusting = new(-1, []);

    public static readonly Identified Nobody = new(Caller.Anonymous, new ClaimsPrincipal(new ClaimsIdentity()), IdentitySource.None);

    /// <summary>A person of the organisation, or nobody.</summary>
    public Identified? Person(EntityRef person, IdentitySource source)
    {
        var all = CurrentlyKnown();

        // Read before the people are: what is learned of an older directory is not kept for a newer one.
        var revision = directory.Revision;
        if (all.Find(person) is { } before && before.Revision == revision)
        {
            return before.Identified;
        }

        if (directory.FindPerson(person) is not { } found)
        {
            all.Remove(person);
            return null;
        }

        var groups = directory.GroupsOf(person);
        var isAdministrator = settings.Administrators.Contains(person) || found.MemberOf.Any(Entrusted(revision).Contains);

        // Most changes of the directory are about somebody else.
        var identified = all.Find(person)?.Identified is { } same
            && same.Caller.Name == found.Name && same.Caller.IsAdministrator == isAdministrator && same.Caller.Groups.SequenceEqual(groups)
                ? same
                : Identify(CallerKind.Person, found.Ref, found.Name, groups, isAdministrator ? [Role.Administrator.Name] : [], source);
        all.Keep(person, new KeptCaller(identified, revision));
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
        var version = plugins.Version;
        if (known.Version != version || known.Count >= MaxKept)
        {
            _known = known = new Known(version);
        }

        return known;
    }

    /// <summary>
    /// The groups whose members are administrators: those of the configuration, and the children that such a group names itself.
    /// A group that says it belongs to one of them gets nothing by that.
    /// </summary>
    private HashSet<EntityRef> Entrusted(long revision)
    {
        var before = _entrusting;
        if (before.Revision == revision)
        {
            return before.Groups;
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

        _entrusting = new Entrusting(revision, entrusted);
        return entrusted;
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

    private sealed record KeptCaller(Identified Identified, long Revision);

    private sealed record Entrusting(long Revision, HashSet<EntityRef> Groups);

    /// <summary>Those who came lately. It counts them itself: the dictionary would lock all of itself for that, on each request.</summary>
    private sealed class Known(int version)
    {
        private readonly ConcurrentDictionary<EntityRef, KeptCaller> _people = new();
        private int _count;

        public int Version => version;

        public int Count => Volatile.Read(ref _count);

        public KeptCaller? Find(EntityRef person) => _people.GetValueOrDefault(person);

        public void Keep(EntityRef person, KeptCaller caller)
        {
            if (_people.TryAdd(person, caller))
            {
                Interlocked.Increment(ref _count);
            }
            else
            {
                _people[person] = caller;
            }
        }

        public void Remove(EntityRef person)
        {
            if (_people.TryRemove(person, out _))
            {
                Interlocked.Decrement(ref _count);
            }
        }
    }
}
