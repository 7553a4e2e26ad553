namespace Stagedoor.Host.PersonalSettings;

/// <summary>Somebody keeps as much as one may. Its message is for them.</summary>
internal sealed class TooManySettingsException(string message) : InvalidOperationException(message);
