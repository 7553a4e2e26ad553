using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Stagedoor.Host.Loading;

namespace Stagedoor.Host.Tests.Loading;

public sealed class PluginFolderTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("stagedoor-plugins-");

    [Fact]
    public void A_plugin_for_another_version_of_the_contract_is_not_loaded_and_says_for_which()
    {
        Drop("Stagedoor.Home", builtFor: (9, 4));

        var found = new PluginFolder(_root.FullName).Find(new HashSet<string>()).ShouldHaveSingleItem();

        found.State.ShouldBe(PluginState.Incompatible);
        found.Plugin.ShouldBeNull();
        found.Reason.ShouldNotBeNull().ShouldContain("version 9.4.0");
    }

    [Fact]
    public void A_plugin_that_fits_is_loaded_into_a_context_of_its_own_and_shares_the_contract()
    {
        Drop("Stagedoor.Home", builtFor: null);

        var plugin = new PluginFolder(_root.FullName).Find(new HashSet<string>()).ShouldHaveSingleItem().Plugin.ShouldNotBeNull();

        plugin.Info.Id.ShouldBe("home");
        plugin.GetType().Assembly.ShouldNotBe(typeof(Stagedoor.Home.HomePlugin).Assembly);
    }

    [Fact]
    public void A_folder_disabled_by_its_name_is_not_even_looked_into()
    {
        Drop("Stagedoor.Home", builtFor: null);

        new PluginFolder(_root.FullName).Find(new HashSet<string> { "Stagedoor.Home" }).ShouldHaveSingleItem().State.ShouldBe(PluginState.Disabled);
    }

    public void Dispose() => _root.Delete(recursive: true);

    private void Drop(string name, (ushort Major, ushort Minor)? builtFor)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root.FullName, name)).FullName;
        var image = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
        if (builtFor is { } version)
        {
            Rewrite(image, version);
        }

        File.WriteAllBytes(Path.Combine(folder, name + ".dll"), image);
        File.WriteAllText(Path.Combine(folder, name + ".deps.json"), """{"runtimeTarget":{"name":".NETCoreApp,Version=v10.0"},"targets":{".NETCoreApp,Version=v10.0":{}},"libraries":{}}""");
    }

    /// <summary>Changes the version of the contract that an assembly says it was built for.</summary>
    private static void Rewrite(byte[] image, (ushort Major, ushort Minor) version)
    {
        using var pe = new PEReader(new MemoryStream(image));
        var metadata = pe.GetMetadataReader();
        var handle = metadata.AssemblyReferences.Single(reference => metadata.StringComparer.Equals(metadata.GetAssemblyReference(reference).Name, "Stagedoor.Plugins"));
        var row = pe.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.AssemblyRef)
            + ((MetadataTokens.GetRowNumber(handle) - 1) * metadata.GetTableRowSize(TableIndex.AssemblyRef));
        BitConverter.TryWriteBytes(image.AsSpan(row), version.Major).ShouldBeTrue();
        BitConverter.TryWriteBytes(image.AsSpan(row + 2), version.Minor).ShouldBeTrue();
    }
}
