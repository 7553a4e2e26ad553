namespace Stagedoor.Plugins;

/// <summary>An option that must never be shown: it is masked wherever the configuration is printed, and so is the line of a mistake.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
