using Microsoft.Extensions.Logging;
using Stagedoor.Plugins;
using Stagedoor.Sources.Git;

namespace Stagedoor.Sources.Sample;

/// <summary>
/// Makes the repositories of the sample organisation while the portal runs already. Each is made aside and put in place
/// whole. One that came with a former version is replaced, unless somebody has committed to it since.
/// </summary>
internal sealed class MakeSampleRepositories(IPortalFolders folders, GitProgram git, ILogger<MakeSampleRepositories> log) : IBackgroundWork
{
    /// <summary>In a repository of the sample: what it was made of, and its last commit then.</summary>
    private const string Stamp = "stagedoor-sample";

    /// <summary>Before the portal is ready, so that nobody finds the folder missing.</summary>
    public static Task MakeFolder(IPortalFolders folders)
    {
        if (SampleRepositories.Folder(folders) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        return Task.CompletedTask;
    }

    public async Task Run(CancellationToken stopping)
    {
        if (SampleRepositories.Folder(folders) is not { } folder)
        {
            return;
        }

        var aside = folder + ".new";
        try
        {
            // What a former run did not finish.
            Clear(aside);
            var people = await SamplePeople.Read(folders.Sample!, stopping);
            var wanted = await SampleContent.Read(folders.Sample!, stopping);
            var made = 0;
            foreach (var content in wanted)
            {
                made += await Make(content, people, Path.Combine(folder, $"{content.Name}.git"), aside, stopping) ? 1 : 0;
            }

            await RemoveOthers(folder, wanted, stopping);
            Clear(aside);
            if (made > 0)
            {
                log.LogInformation("Made {Count} repositories of the sample organisation in {Folder}", made, folder);
            }
        }
        catch (Exception e) when (e is OutboundException or GitException)
        {
            log.LogWarning("The repositories of the sample organisation are not there: {Reason}", e.Message);
        }
    }

    private async Task<bool> Make(SampleContent content, SamplePeople people, string place, string aside, CancellationToken stopping)
    {
        var fingerprint = content.Fingerprint(people);
        if (Directory.Exists(place) && (ReadStamp(place) is not { } stamp || stamp.Fingerprint == fingerprint || !await IsUntouched(place, stamp, stopping)))
        {
            return false;
        }

        var fresh = Path.Combine(aside, content.Name);
        Directory.CreateDirectory(aside);
        await git.Run(new GitCommand(null, "init", "--quiet", "--bare", "--template=", "--initial-branch=main", "--", fresh), stopping);
        await git.Run(new GitCommand(fresh, "fast-import", "--quiet", "--done") { Input = content.Import(people) }, stopping);
        await File.WriteAllTextAsync(Path.Combine(fresh, Stamp), $"{fingerprint}\n{await Head(fresh, stopping)}\n", stopping);
        if (Directory.Exists(place))
        {
            Directory.Move(place, fresh + ".old");
        }

        Directory.Move(fresh, place);
        return true;
    }

    /// <summary>Those that a former version of the sample had, and this one has not.</summary>
    private async Task RemoveOthers(string folder, IReadOnlyList<SampleContent> wanted, CancellationToken stopping)
    {
        var names = wanted.Select(content => $"{content.Name}.git").ToHashSet(StringComparer.Ordinal);
        foreach (var place in Directory.EnumerateDirectories(folder).Where(place => !names.Contains(Path.GetFileName(place))).ToList())
        {
            if (ReadStamp(place) is { } stamp && await IsUntouched(place, stamp, stopping))
            {
                Directory.Delete(place, recursive: true);
            }
        }
    }

    private async Task<bool> IsUntouched(string place, (string Fingerprint, string Head) stamp, CancellationToken stopping) =>
        await Head(place, stopping) == stamp.Head
        && (await git.Text(new GitCommand(place, "for-each-ref", "--format=%(refname)"), stopping)) == "refs/heads/main";

    private Task<string> Head(string repository, CancellationToken stopping) =>
        git.Text(new GitCommand(repository, "rev-parse", "--verify", "refs/heads/main"), stopping);

    private static (string Fingerprint, string Head)? ReadStamp(string repository)
    {
        var file = Path.Combine(repository, Stamp);
        return File.Exists(file) && File.ReadAllLines(file) is [var fingerprint, var head, ..] ? (fingerprint, head) : null;
    }

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
