// The least that ASP.NET Core does for a page and an API route on this machine, to set the portal's figures beside.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddRazorComponents();
var app = builder.Build();
app.UseAntiforgery();
app.MapGet("/readyz", () => "ok");
app.MapGet("/api/ping", () => TypedResults.Json(new { status = "ok" }));
app.MapRazorComponents<Stagedoor.Peer.HomePage>();
await app.RunAsync();
