using System.Text.Json;

namespace Stagedoor.Plugins.Tests;

/// <summary>What is read from an entity's declaration.</summary>
public sealed class EntityTests
{
    [Theory]
    [InlineData("/pictures/ada.png")]
    [InlineData("https://pictures.example.org/ada.png")]
    [InlineData("HTTPS://pictures.example.org/ada.png")]
    public void A_picture_is_a_path_of_the_portal_or_an_address_over_https(string picture) => PersonWith(picture).Picture.ShouldBe(picture);

    [Theory]
    [InlineData("")]
    [InlineData("ada.png")]
    [InlineData("//elsewhere.example.org/ada.png")]
    [InlineData("/\\elsewhere.example.org/ada.png")]
    [InlineData("http://pictures.example.org/ada.png")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:image/png;base64,AAAA")]
    public void Any_other_address_is_no_picture(string picture) => PersonWith(picture).Picture.ShouldBeNull();

    [Fact]
    public void A_picture_has_at_most_2000_characters()
    {
        PersonWith("/" + new string('a', 1999)).Picture.ShouldNotBeNull();
        PersonWith("/" + new string('a', 2000)).Picture.ShouldBeNull();
    }

    [Fact]
    public void An_entity_without_a_profile_has_no_picture() => new Entity("""{"kind":"User","metadata":{"name":"ada"},"spec":{}}"""u8.ToArray()).Picture.ShouldBeNull();

    private static Entity PersonWith(string picture) =>
        new(JsonSerializer.SerializeToUtf8Bytes(new { kind = "User", metadata = new { name = "ada" }, spec = new { profile = new { picture } } }));
}
