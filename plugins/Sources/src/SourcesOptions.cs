using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Stagedoor.Plugins;
using Stagedoor.Sources.Hosts;

namespace Stagedoor.Sources;

[Description("Repositories and addresses outside the portal, and which of them may be read.")]
internal sealed class SourcesOptions
{
    [Description("Hosts that may be read: example.com, *.example.com or example.com:8443. Without a port, the usual ones are meant.")]
    [HostNames]
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    [Description("Hosts that may be in a private network, and address ranges such as 10.20.0.0/16 that any allowed host may be in.")]
    [HostNames(OrRanges = true)]
    public IReadOnlyList<string> AllowPrivateAddresses { get; set; } = [];

    [Description("Hosts that need credentials or are code hosts. They are allowed by being here.")]
    public IReadOnlyList<SourceHost> Hosts { get; set; } = [];

    [Description("Folders of this machine whose git repositories may be read.")]
    public IReadOnlyList<string> Roots { get; set; } = [];

    [Description("How long a host may take to answer.")]
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    [Description("How repositories are kept.")]
    public GitOptions Git { get; set; } = new();
}

internal sealed class SourceHost
{
    [Description("Its name, with the port if that is not the usual one: git.example.com.")]
    [Required, HostNames]
    public string Host { get; set; } = "";

    [Description("What software it runs, which says how addresses of files look and how it takes tokens.")]
    public CodeHostKind Kind { get; set; }

    [Description("The token to show it.")]
    [Secret]
    public string? Token { get; set; }

    [Description("The user to sign in as, with the password, or with the token in its place.")]
    public string? Username { get; set; }

    [Secret]
    public string? Password { get; set; }

    [Description("The header in which the token goes over HTTP, if that is not Authorization.")]
    public string? Header { get; set; }

    [Description("Whether it is shown its credentials over http:// too, where everybody on the way can read them.")]
    public bool AllowHttp { get; set; }

    [Description("Whether files of its repositories are read by git even when they are named by their address.")]
    public bool Git { get; set; } = true;

    /// <summary>Credentials go over connections that nobody else reads, unless the configuration says otherwise.</summary>
    internal bool MayShowCredentials(Uri address) => AllowHttp || address.Scheme == Uri.UriSchemeHttps;
}

/// <summary>The software of a code host.</summary>
internal enum CodeHostKind
{
    /// <summary>Told by its name; a plain server otherwise.</summary>
    Auto,
    GitHub,
    GitLab,
    BitbucketCloud,
    BitbucketServer,
    AzureDevOps,
    Gitea,
    Plain,
}

internal sealed class GitOptions
{
    [Description("The git program.")]
    [Required]
    public string Program { get; set; } = "git";

    [Description("Where copies of repositories are kept; by default in the portal's data folder.")]
    public string? Folder { get; set; }

    [Description("How long a fetch may take.")]
    [Range(typeof(TimeSpan), "00:00:05", "06:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(10);

    [Description("How large the copy of one repository may become, in megabytes.")]
    [Range(1, 1_000_000)]
    public int MostMegabytes { get; set; } = 4096;

    [Description("How many fetches may run at once.")]
    [Range(1, 64)]
    public int Concurrency { get; set; } = 4;

    [Description("After how long without use a copy is deleted.")]
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);
}
