using Stagedoor.EndToEnd.Tests.Portals;
using Stagedoor.Testing.Browser;

[assembly: AssemblyFixture(typeof(BrowserFixture))]
[assembly: AssemblyFixture(typeof(SharedPortals))]
