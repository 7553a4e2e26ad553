using Stagedoor.Plugins;

namespace Stagedoor.Host.Identity;

/// <summary>Tells references to people from those to anything else.</summary>
internal static class PersonReferences
{
    extension(EntityRef reference)
    {
        public bool IsPerson => string.Equals(reference.Kind, "user", StringComparison.OrdinalIgnoreCase);
    }
}
