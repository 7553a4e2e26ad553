using System.Text.Json;

namespace Stagedoor.Host.Jobs.Steering;

/// <summary>
/// What replicas tell each other: "look at the tables again", or "run this too". Running by notice is for jobs that each
/// replica does for itself.
/// </summary>
internal sealed record JobNotice(string? RunToo = null, string? From = null, string? By = null, string? ByName = null)
{
    public const string Channel = "portal_jobs";

    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>Anything that cannot be read means: look again.</summary>
    public static JobNotice? Read(string? payload)
    {
        try
        {
            return payload is null ? null : JsonSerializer.Deserialize<JobNotice>(payload);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
