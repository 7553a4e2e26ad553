using System.Text.Json;
using Stagedoor.Catalog.Model;
using Stagedoor.Catalog.Model.Kinds;
using Stagedoor.Catalog.Model.Wire;

namespace Stagedoor.Catalog.Tests.Model;

/// <summary>The words of <c>POST /validate-entity</c>.</summary>
public sealed class EntityValidationTests
{
    private const string Place = "url:https://git.harbour.example/ferry/blob/main/catalog-info.yaml";

    [Fact]
    public async Task A_right_entity_has_no_errors() =>
        (await Judge("""{"apiVersion":"backstage.io/v1alpha1","kind":"System","metadata":{"name":"x"},"spec":{"owner":"crew"}}""")).ShouldBeEmpty();

    [Theory]
    [InlineData("3", "TypeError: <root> must be object - type: object")]
    [InlineData("""{"apiVersion":"a/v1","kind":"System"}""", "TypeError: <root> must have required property 'metadata' - missingProperty: metadata")]
    [InlineData("""{"apiVersion":"a/v1","kind":"System","metadata":{"name":""}}""", "TypeError: /metadata/name must NOT have fewer than 1 characters - limit: 1")]
    [InlineData("""{"apiVersion":"backstage.io/v1alpha1","kind":"System","metadata":{"name":"x","tags":3},"spec":{}}""", "InputError: Policy check failed for system:default/x; caused by Error: Malformed envelope, /metadata/tags must be array")]
    [InlineData("""{"apiVersion":"backstage.io/v1alpha1","kind":"Boat","metadata":{"name":"x"}}""", "InputError: No processor recognized the entity boat:default/x as valid, possibly caused by a foreign kind or apiVersion")]
    [InlineData("""{"apiVersion":"backstage.io/v1alpha1","kind":"System","metadata":{"name":"x"},"spec":{}}""", "InputError: Processor BuiltinKindsEntityProcessor threw an error while validating the entity system:default/x; caused by TypeError: /spec must have required property 'owner' - missingProperty: owner")]
    public async Task Errors_have_the_names_and_words_that_clients_know(string entity, string error) =>
        (await Judge(entity)).ShouldBe([error]);

    [Fact]
    public async Task A_name_that_is_not_allowed_fails_the_policy_check() =>
        (await Judge("""{"apiVersion":"backstage.io/v1alpha1","kind":"System","metadata":{"name":"x_"},"spec":{"owner":"crew"}}""")).ShouldHaveSingleItem()
            .ShouldStartWith("InputError: Policy check failed for system:default/x_; caused by Error: \"metadata.name\" is not valid; is 'x_'");

    [Theory]
    [InlineData("nowhere", "TypeError: Unable to parse location ref 'nowhere', expected '<type>:<target>', e.g. 'url:https://host/path'")]
    [InlineData("https://x.example", "TypeError: Invalid location ref 'https://x.example', please prefix it with 'url:', e.g. 'url:https://x.example'")]
    [InlineData("url:javascript:alert(1)", "TypeError: Invalid location ref 'url:javascript:alert(1)', target is a javascript: URL")]
    [InlineData("file:/x", "TypeError: Invalid location ref file:/x, only 'url:<target>' is supported, e.g. url:https://host/path")]
    public async Task A_location_must_be_a_url(string location, string error) =>
        (await Judge("""{"apiVersion":"backstage.io/v1alpha1","kind":"System","metadata":{"name":"x"},"spec":{"owner":"crew"}}""", location)).ShouldBe([error]);

    private static async Task<IEnumerable<string>> Judge(string entity, string location = Place) =>
        (await new EntityValidation(new EntityFiles(new KnownKinds([], []), [])).Validate(JsonElement.Parse(entity), location, TestContext.Current.CancellationToken))
            .Select(fault => $"{fault.Name}: {fault.Message}");
}
