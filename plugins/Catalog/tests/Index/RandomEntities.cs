using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stagedoor.Catalog.Index;
using Stagedoor.Catalog.Model;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Tests.Index;

/// <summary>Entities with everything that makes an index go wrong, the same for the same seed.</summary>
internal sealed class RandomEntities(int seed)
{
    private static readonly string[] Kinds = ["Component", "API", "Group", "User", "System"];
    private static readonly string[] Namespaces = ["default", "Default", "ops"];
    private static readonly string[] Words = ["shop", "Shop", "cart", "payment", "Ünïcode", "dead-letter", "a\"b\\c", "ß", "the", "service", "true", "1", "日本"];
    private static readonly (string Type, string Inverse)[] Pairs =
        [("ownedBy", "ownerOf"), ("dependsOn", "dependencyOf"), ("partOf", "hasPart"), ("ownerOf", "ownedBy"), ("knows", "knows")];

    private readonly Random _random = new(seed);

    public EntityRef Ref(int names = 40) =>
        new(Pick(Kinds), Pick(Namespaces), $"{(_random.Next(2) == 0 ? "thing" : "Thing")}-{_random.Next(names)}");

    public StoredEntity Entity(EntityRef? reference = null)
    {
        var named = reference ?? Ref();
        var metadata = new JsonObject { ["name"] = named.Name, ["namespace"] = named.Namespace };
        if (Chance(2))
        {
            metadata["title"] = $"{Pick(Words)} {Pick(Words)}";
        }

        if (Chance(2))
        {
            metadata["tags"] = new JsonArray([.. Enumerable.Range(0, _random.Next(4)).Select(_ => (JsonNode)Pick(Words)!)]);
        }

        if (Chance(2))
        {
            metadata["annotations"] = new JsonObject { ["example.com/path.with.dots"] = Pick(Words), [$"example.com/a{_random.Next(12)}"] = Pick(Words) };
        }

        if (Chance(8))
        {
            metadata["etag"] = Chance(3) ? "" : "own-etag";
        }

        if (Chance(8))
        {
            metadata["uid"] = "from-the-source";
        }

        var spec = new JsonObject { ["type"] = Pick(Words) };
        if (Chance(3))
        {
            spec["lifecycle"] = Chance(4) ? null : Pick(Words);
        }

        if (Chance(3))
        {
            spec["count"] = JsonNode.Parse(Pick(["1", "1.0", "1e3", "-0", "0.1", "12345678901234567890", "1e21", "1e-7", "123.5"]));
        }

        if (Chance(3))
        {
            spec["links"] = new JsonArray(new JsonObject { ["url"] = Pick(Words), ["nested"] = new JsonArray(Pick(Words), 7, true, null, new JsonArray("deep")) }, Pick(Words));
        }

        if (Chance(4))
        {
            spec["definition"] = new string('x', _random.Next(195, 206));
        }

        if (Chance(3))
        {
            // The same path, once as a text and once as a list of texts.
            spec["mixed"] = Chance(2) ? Pick(Words) : new JsonArray(Pick(Words), Pick(Words));
        }

        var body = new JsonObject { ["apiVersion"] = "backstage.io/v1alpha1", ["kind"] = named.Kind, ["metadata"] = metadata, ["spec"] = spec };
        var relations = Enumerable.Range(0, _random.Next(5)).Select(_ =>
        {
            var (type, inverse) = Pick(Pairs);
            return new DerivedRelation(type, inverse, Ref(names: 50));
        }).Distinct().ToList();
        var status = Chance(6) ? Encoding.UTF8.GetBytes("""[{"type":"backstage.io/catalog-processing","level":"error","message":"InputError: no"}]""") : [];
        return new StoredEntity(named, Uid(), Encoding.UTF8.GetBytes(body.ToJsonString(Json)), relations, status);
    }

    public T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    public bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    public int Next(int below) => _random.Next(below);

    public string Word() => Pick(Words);

    public Guid Uid()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }

    public void Shuffle<T>(List<T> list) => _random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list));

    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
