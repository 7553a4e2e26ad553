// The least that ASP.NET Core does for a page and an API route on this machine, to set the portal's figures beside.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddRazorComponents();
var app = builder.Build();
app.UseAntiforgery();
app.MapGet("/readyz", () => "ok");
app.MapGet("/api/ping", () => TypedResults.Json(new { status = "ok" }));
// As many bytes as another program's answer has: what the transport of it costs alone.
var answers = new System.Collections.Concurrent.ConcurrentDictionary<int, byte[]>();
app.MapGet("/api/bytes/{count:int:range(2,100000000)}", (int count) => TypedResults.Bytes(
    answers.GetOrAdd(count, static length => System.Text.Encoding.ASCII.GetBytes($"\"{new string('x', length - 2)}\"")), "application/json; charset=utf-8"));
app.MapRazorComponents<Stagedoor.Peer.HomePage>();
await app.RunAsync();
