namespace Stagedoor.Host.CommandLine.Output;

internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,
    Json,
    Yaml,
}
