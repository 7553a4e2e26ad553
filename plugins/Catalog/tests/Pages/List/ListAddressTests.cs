using Stagedoor.Catalog.Model.Kinds;
using Stagedoor.Catalog.Pages.List;
using Stagedoor.Catalog.Pages.List.Asking;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Tests.Pages.List;

public sealed class ListAddressTests
{
    private static readonly CatalogModel Model = new KnownKinds([], [new EntityField("metadata.labels.example.com/tier", "Tier") { Kinds = ["Domain"], Filter = true }, new EntityField("spec.type2", "Owner") { Filter = true }]).Model;

    [Theory]
    [InlineData("", "/catalog")]
    [InlineData("?kind=Component&offset=0&limit=50&sort=name&dir=asc&q=+", "/catalog")]
    [InlineData("?type=b&type=a&type=B", "/catalog?type=b&type=a")]
    [InlineData("?owner=squad-a&system=pay/till", "/catalog?owner=group%3Adefault%2Fsquad-a&system=system%3Apay%2Ftill")]
    [InlineData("?filters[kind]=component&filters[type]=service&filters[user]=owned&filters[owners]=group:default/x", "/catalog?filter=owned&owner=group%3Adefault%2Fx&type=service")]
    [InlineData("?filters%5Bkind%5D=api&filters%5Btags%5D%5B0%5D=a&filters%5Btags%5D%5B1%5D=b&filters%5Btext%5D=till&filters%5Buser%5D=all", "/catalog?kind=api&tag=a&tag=b&q=till")]
    [InlineData("?kind=domain&tier=1&metadata.labels.example.com/tier=2", "/catalog?kind=domain&tier=1&tier=2")]
    [InlineData("?kind=component&tier=1", "/catalog")]
    [InlineData("?columns=owner,lifecycle&columns=changed&label=example.com/team", "/catalog?columns=owner,lifecycle,changed,metadata.labels.example.com%2Fteam")]
    [InlineData("?limit=7&offset=-3&sort=owner&dir=desc&view=no", "/catalog?sort=owner&dir=desc")]
    public void One_question_has_one_address_however_it_was_asked(string asked, string address) =>
        ListAddress.Of(ListAddress.Read(asked, Model)).ShouldBe(address);

    [Fact]
    public void What_is_too_long_or_too_much_is_cut()
    {
        var many = string.Join('&', Enumerable.Range(0, 500).Select(i => $"tag=t{i}"));

        var query = ListAddress.Read($"?{many}&type={new string('x', 300)}&q={new string('q', 900)}", Model);

        query.ChosenOf("tag").Length.ShouldBe(ListAddress.MostValues);
        query.ChosenOf("type").ShouldBeEmpty();
        query.Text!.Length.ShouldBe(ListAddress.LongestText);
    }

    [Fact]
    public void A_value_is_chosen_and_taken_away_whatever_its_case()
    {
        var query = ListAddress.Read("?type=Service&offset=50", Model);

        ListAddress.Of(query.Toggling("type", "library")).ShouldBe("/catalog?type=Service&type=library");
        ListAddress.Of(query.Toggling("type", "service")).ShouldBe("/catalog");
    }

    [Fact]
    public void A_view_keeps_the_question_and_not_where_in_the_answer_one_was() =>
        ListAddress.Kept(ListAddress.Read($"?kind=api&offset=100&view={Guid.NewGuid()}&confirm=x", Model)).ShouldBe("kind=api");

    [Fact]
    public void A_field_with_the_name_of_something_else_goes_by_its_path() =>
        ListFacet.KeyOf(new EntityField("metadata.labels.acme.io/owner", "Owner")).ShouldBe("metadata.labels.acme.io/owner");
}
