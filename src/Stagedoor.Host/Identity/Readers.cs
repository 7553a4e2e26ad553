using Stagedoor.Plugins;

namespace Stagedoor.Host.Identity;

/// <summary>Tells those who look at pages, for whom the portal keeps stars, notifications and settings, from programs.</summary>
internal static class Readers
{
    extension(Caller caller)
    {
        /// <summary>A person, or the guest who stands for one in development.</summary>
        public bool IsReader => caller.Kind is CallerKind.Person or CallerKind.Guest;
    }

    extension(EntityRef reference)
    {
        public bool IsPerson => string.Equals(reference.Kind, "user", StringComparison.OrdinalIgnoreCase);
    }
}
