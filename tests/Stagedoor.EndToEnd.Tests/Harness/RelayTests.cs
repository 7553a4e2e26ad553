using System.Net.Sockets;
using Stagedoor.Testing.Databases;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.Harness;

public sealed class RelayTests
{
    [Fact]
    public async Task A_cut_relay_refuses_and_a_restored_one_carries()
    {
        await using var site = await TinySite.Serve("hello");
        await using var relay = new Relay(site.Address.Port);
        using var http = new HttpClient();
        http.BaseAddress = new Uri($"http://127.0.0.1:{relay.Port}");
        var cancellationToken = TestContext.Current.CancellationToken;

        var before = await Should.ThrowAsync<HttpRequestException>(() => http.GetStringAsync(new Uri("/", UriKind.Relative), cancellationToken));
        relay.Restore();
        var during = await http.GetStringAsync(new Uri("/", UriKind.Relative), cancellationToken);
        await relay.Cut();
        await Should.ThrowAsync<HttpRequestException>(() => http.GetStringAsync(new Uri("/", UriKind.Relative), cancellationToken));
        relay.Restore();
        var after = await http.GetStringAsync(new Uri("/", UriKind.Relative), cancellationToken);

        before.InnerException.ShouldBeOfType<SocketException>().SocketErrorCode.ShouldBe(SocketError.ConnectionRefused);
        during.ShouldBe("hello");
        after.ShouldBe("hello");
    }

    [Fact]
    public async Task A_database_can_be_taken_away_and_given_back()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var database = await TemporaryPostgres.Create(cancellationToken);
        await using var relay = new Relay(database.Port);
        relay.Restore();
        var through = database.Through(relay);

        var one = await TemporaryPostgres.Read<int>(through, "select 1", cancellationToken);
        await relay.Cut();
        await Should.ThrowAsync<Exception>(() => TemporaryPostgres.Read<int>(through, "select 1", cancellationToken));
        relay.Restore();
        var two = await TemporaryPostgres.Read<int>(through, "select 2", cancellationToken);

        one.ShouldBe(1);
        two.ShouldBe(2);
    }
}
