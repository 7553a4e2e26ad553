namespace Stagedoor.Data;

/// <summary>
/// The database cannot serve as it is configured, and waiting will not help. The message is for the person who runs
/// the portal: what is wrong, where, and what to do.
/// </summary>
public sealed class DatabaseUnusableException(string message, Exception? inner = null) : Exception(message, inner);
