using Stagedoor.Sources;

namespace Stagedoor.Catalog.Reading.Git;

/// <summary>
/// Looks every other second whether repositories have come to a folder or left it. The first look always tells, since
/// nobody knows what happened between the last reading and the beginning of the watch.
/// </summary>
internal static class GitFolderWatch
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    public static IDisposable Begin(Func<IReadOnlyList<RepositoryAddress>> list, Action changed, TimeProvider time) =>
        new LookingWatch(() => Listed(list), seen: null, changed, Look, time);

    private static string Listed(Func<IReadOnlyList<RepositoryAddress>> list)
    {
        try
        {
            return string.Join('\n', list());
        }
        catch (OutboundException e)
        {
            // Gone is a state too, which the next reading tells about.
            return e.Message;
        }
    }
}
