using Stagedoor.Host.Configuration.Types;

namespace Stagedoor.Host.Configuration.Check;

/// <summary>Reads one section into one options type.</summary>
internal static class OptionsReading
{
    /// <param name="findings">Gets what is wrong with the section.</param>
    public static TOptions Read<TOptions>(LoadedConfiguration configuration, string section, List<Finding> findings)
        where TOptions : class, new() => (TOptions)Read(configuration, section, Shape.Of(typeof(TOptions)), siblings: null, findings);

    public static object Read(LoadedConfiguration configuration, string section, Shape shape, IReadOnlyList<ObjectShape>? siblings, List<Finding> findings)
    {
        var setting = configuration.Settings.Settings.GetValueOrDefault(section);
        var where = setting?.KeyOrigin ?? Origin.Default;
        var reader = new SettingsReader(configuration.Request.WorkingDirectory, findings);
        return shape is ObjectShape target
            ? reader.Read(target, setting?.Value, section, where, siblings)
            : (setting is null ? null : reader.Read(shape, setting.Value, section, where, property: null)) ?? Activator.CreateInstance(shape.Type)!;
    }
}
