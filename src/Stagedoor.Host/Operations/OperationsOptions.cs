using System.ComponentModel.DataAnnotations;

namespace Stagedoor.Host.Operations;

/// <summary>The section <c>operations</c> of the configuration.</summary>
internal sealed class OperationsOptions
{
    public const string Section = "operations";

    /// <summary>How many operations one replica works on at the same time.</summary>
    [Range(1, 100)]
    public int AtOnce { get; set; } = 4;

    /// <summary>How long finished operations are kept, with their items and logs.</summary>
    [Range(1, 3650)]
    public int KeepDays { get; set; } = 90;

    /// <summary>How many lines a handler may write into the log of one operation.</summary>
    [Range(100, 1_000_000)]
    public int LogLines { get; set; } = 10_000;
}
