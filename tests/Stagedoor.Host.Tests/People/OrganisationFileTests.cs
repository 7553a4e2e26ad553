using Stagedoor.Host.People;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Tests.People;

public sealed class OrganisationFileTests
{
    [Fact]
    public void The_sample_organisation_is_whole()
    {
        var directory = Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "samples", "Organisation", "org.yaml")));

        directory.Groups.Count(group => group.Type == "squad").ShouldBe(15);
        directory.Groups.Count(group => group.Type == "colony").ShouldBe(8);
        directory.FindPerson(EntityRef.User("mae"))!.MemberOf.ShouldBe([EntityRef.Group("squad-lantern")]);
        foreach (var person in directory.People)
        {
            person.MemberOf.ShouldAllBe(group => directory.FindGroup(group) != null, person.Name);
            directory.GroupsOf(person.Ref).ShouldContain(EntityRef.Group("polaris"), person.Name);
        }
    }

    [Fact]
    public void Groups_of_a_person_include_parents_the_nearest_first_and_a_cycle_ends()
    {
        var directory = Read(
            """
            kind: Group
            metadata: { name: inner }
            spec: { parent: outer }
            ---
            kind: Group
            metadata: { name: outer }
            spec: { parent: inner }
            ---
            kind: User
            metadata: { name: ada }
            spec: { memberOf: [inner] }
            """);

        directory.GroupsOf(EntityRef.User("ada")).ShouldBe([EntityRef.Group("inner"), EntityRef.Group("outer")]);
        directory.MembersOf(EntityRef.Group("outer")).ShouldHaveSingleItem().Name.ShouldBe("ada");
    }

    [Theory]
    [InlineData("kind: User\nmetadata: {}\n", "metadata.name")]
    [InlineData("kind: Robot\nmetadata: { name: r2 }\n", "'Robot' is neither")]
    [InlineData("kind: [unfinished\n", "org.yaml:2")]
    public void What_is_wrong_is_said_with_the_file(string text, string expected) =>
        Should.Throw<InvalidDataException>(() => Read(text)).Message.ShouldContain(expected);

    private static OrganisationDirectory Read(string text)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "org.yaml");
        File.WriteAllText(file, text);
        var (people, groups) = OrganisationFile.Read(file);
        return new OrganisationDirectory(people, groups);
    }
}
