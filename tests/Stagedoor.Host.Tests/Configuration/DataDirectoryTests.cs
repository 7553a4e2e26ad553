using Stagedoor.Host.Configuration;

namespace Stagedoor.Host.Tests.Configuration;

public sealed class DataDirectoryTests
{
    private static readonly Dictionary<string, string> Home = new() { ["HOME"] = "/home/mae" };

    [Fact]
    public void In_development_from_a_source_tree_it_is_data_at_the_root_of_the_tree()
    {
        using var tree = new Written().File("Stagedoor.slnx", "<Solution />").File("src/Stagedoor/bin/x", "");

        DataDirectory.Default(isDevelopment: true, Home, Path.Combine(tree.Folder, "src/Stagedoor/bin"), "/").ShouldBe(Path.Combine(tree.Folder, "data"));
    }

    [Fact]
    public void Outside_development_a_source_tree_does_not_matter()
    {
        using var tree = new Written().File("Stagedoor.slnx", "<Solution />");

        DataDirectory.Default(isDevelopment: false, Home, tree.Folder, "/").ShouldBe("/home/mae/.local/share/stagedoor");
    }

    [Fact]
    public void It_follows_the_systems_directory_for_data() =>
        DataDirectory.Default(isDevelopment: false, new Dictionary<string, string> { ["HOME"] = "/home/mae", ["XDG_DATA_HOME"] = "/data" }, "/", "/").ShouldBe("/data/stagedoor");

    [Fact]
    public void Without_a_home_it_lies_in_the_working_directory() =>
        DataDirectory.Default(isDevelopment: false, new Dictionary<string, string>(), "/opt", "/srv").ShouldBe("/srv/data");
}
