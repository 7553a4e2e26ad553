using System.IO.Compression;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;
using Stagedoor.DeadLetters.Bodies;
using Stagedoor.DeadLetters.Configuration;
using Stagedoor.DeadLetters.Headers;

namespace Stagedoor.DeadLetters.Tests.Bodies;

public sealed class BodyReadingTests : IDisposable
{
    private const string AvroSchema =
        """
        {"type":"record","name":"Transfer","namespace":"acme","fields":[
          {"name":"id","type":"string"},{"name":"amount","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
          {"name":"iban","type":["null","string"]},{"name":"tags","type":{"type":"array","items":"string"}},
          {"name":"rates","type":{"type":"map","values":"double"}},{"name":"kind","type":{"type":"enum","name":"Kind","symbols":["IN","OUT"]}},
          {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},{"name":"next","type":["null","Transfer"]}]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("stagedoor-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void JSON_is_laid_out_and_its_numbers_stay_as_they_were_written()
    {
        var body = Read("""{"amount":1.50,"big":123456789012345678901234567890,"name":"ü <b>"}""");

        body.Form.ShouldBe(BodyForm.Json);
        body.Text.ShouldBe("{\n  \"amount\": 1.50,\n  \"big\": 123456789012345678901234567890,\n  \"name\": \"ü <b>\"\n}", StringCompareShould.IgnoreLineEndings);
        body.How.ShouldBe(["JSON"]);
    }

    [Fact]
    public void What_is_packed_is_unpacked_whatever_it_says_of_itself()
    {
        var body = Reading().Read(Packed(Packed(Encoding.UTF8.GetBytes("""{"a":1}"""))), new MessageProperties { ContentType = "text/plain" }, "k", seesSensitive: true);

        body.How.ShouldBe(["gzip", "gzip", "JSON"]);
        body.Form.ShouldBe(BodyForm.Json);
    }

    [Fact]
    public void A_body_that_unpacks_to_gigabytes_is_cut()
    {
        var body = Reading().Read(Packed(new byte[40 * 1024 * 1024]), new MessageProperties(), "k", seesSensitive: true);

        body.IsCut.ShouldBeTrue();
        body.Problem.ShouldNotBeNull();
    }

    [Fact]
    public void What_looks_like_gzip_and_is_none_is_shown_as_it_is()
    {
        var body = Reading().Read([0x1f, 0x8b, 8, 1, 2, 3, 255, 255, 255, 255, 255, 255, 255], new MessageProperties(), "k", seesSensitive: true);

        body.Form.ShouldBe(BodyForm.Hex);
        body.Text.ShouldStartWith("00000000  1f 8b 08 01 02 03 ff ff  ff ff ff ff ff");
    }

    [Fact]
    public void Text_is_text_and_bytes_are_bytes()
    {
        Read("plain text\nwith <b>lines</b>").Form.ShouldBe(BodyForm.Text);
        Read("").Form.ShouldBe(BodyForm.Empty);
        Read("\u0001\u0002").Form.ShouldBe(BodyForm.Hex);
        Reading().Read([0xff, 0xfe, 0x41], new MessageProperties(), "k", seesSensitive: true).Text.ShouldContain("..A");
    }

    [Fact]
    public void Sensitive_fields_are_masked_at_any_depth_for_those_who_may_not_see_them()
    {
        const string Json = """{"customer":{"IBAN":"DK50","userPassword":{"a":1},"name":"x"},"list":[{"iban":null},{"iban":5}]}""";
        var reading = Reading("iban", "*password*");

        var masked = reading.Read(Encoding.UTF8.GetBytes(Json), new MessageProperties(), "k", seesSensitive: false);
        var whole = reading.Read(Encoding.UTF8.GetBytes(Json), new MessageProperties(), "k", seesSensitive: true);

        masked.IsMasked.ShouldBeTrue();
        masked.Text.ShouldNotContain("DK50");
        masked.Text.ShouldNotContain("\"a\"");
        masked.Text.ShouldContain("\"name\": \"x\"");
        masked.Text.ShouldContain("null");
        whole.IsMasked.ShouldBeFalse();
        whole.Text.ShouldContain("DK50");
    }

    [Fact]
    public void A_body_that_cannot_be_masked_is_withheld_where_anything_is_sensitive()
    {
        var reading = Reading("iban");

        reading.Read(Encoding.UTF8.GetBytes("iban=DK50"), new MessageProperties(), "k", seesSensitive: false).ShouldSatisfyAllConditions(
            body => body.IsWithheld.ShouldBeTrue(), body => body.Text.ShouldBeEmpty());
        reading.Read(Encoding.UTF8.GetBytes("iban=DK50"), new MessageProperties(), "k", seesSensitive: true).Text.ShouldBe("iban=DK50");
    }

    [Fact]
    public void Protobuf_is_read_by_its_descriptor()
    {
        var (reading, _) = Protobuf("iban");
        var body = Wire(output =>
        {
            output.WriteTag(1, WireFormat.WireType.LengthDelimited);
            output.WriteString("t-1");
            output.WriteTag(2, WireFormat.WireType.Varint);
            output.WriteSInt64(-250);
            output.WriteTag(3, WireFormat.WireType.LengthDelimited);
            output.WriteString("DK50");
            output.WriteTag(4, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom([1, 2, 172, 2]));
            output.WriteTag(5, WireFormat.WireType.LengthDelimited);
            output.WriteMessage(Timestamp.FromDateTimeOffset(Some.Now));
            output.WriteTag(6, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(Wire(entry =>
            {
                entry.WriteTag(1, WireFormat.WireType.LengthDelimited);
                entry.WriteString("fee");
                entry.WriteTag(2, WireFormat.WireType.Fixed64);
                entry.WriteDouble(0.5);
            })));
            output.WriteTag(99, WireFormat.WireType.Varint);
            output.WriteUInt64(7);
        });

        var masked = reading.Read(body, new MessageProperties(), "payments.transfer.v1", seesSensitive: false);

        masked.How.ShouldBe(["protobuf acme.Transfer"]);
        masked.IsMasked.ShouldBeTrue();
        masked.Text.ReplaceLineEndings("").Replace(" ", "").ShouldBe(
            $$"""{"id":"t-1","amount":-250,"iban":"{{Masking.Mask}}","counts":[1,2,300],"at":"2030-01-07T09:00:00Z","rates":{"fee":0.5},"#99":7}""");
    }

    [Fact]
    public void A_body_that_is_not_what_its_schema_says_is_shown_as_what_it_is()
    {
        var (reading, _) = Protobuf();

        var body = reading.Read(Encoding.UTF8.GetBytes("""{"a":1}"""), new MessageProperties(), "payments.transfer.v1", seesSensitive: true);

        body.Form.ShouldBe(BodyForm.Json);
        body.Problem.ShouldNotBeNull().ShouldStartWith("It is no protobuf acme.Transfer");
    }

    [Fact]
    public void Avro_is_read_by_its_schema()
    {
        var file = Path.Combine(_folder, "transfer.avsc");
        File.WriteAllText(file, AvroSchema);
        var reading = Reading(new SchemaOptions { Messages = [new SchemaRule { Type = "Transfer", Avro = file, Skip = 5 }] });
        byte[] inner = [2, (byte)'b', 2, 0x05, 0, 0, 0, 2, 0, 0];
        byte[] bytes =
        [
            0, 0, 0, 0, 9, // the registry's
            6, (byte)'t', (byte)'-', (byte)'1', // id
            4, 0xfb, 0x2e, // amount: -1234 of scale 2
            2, 8, (byte)'D', (byte)'K', (byte)'5', (byte)'0', // iban
            5, 12, 2, (byte)'x', 2, (byte)'y', 2, (byte)'z', 0, // tags: a block with its size
            2, 2, (byte)'r', 0, 0, 0, 0, 0, 0, 0xe0, 0x3f, 0, // rates
            2, // kind: OUT
            0x80, 0xa0, 0x94, 0xa5, 0x8d, 0x63, // at
            2, .. inner, // next
        ];

        var body = reading.Read(bytes, new MessageProperties { Type = "Transfer" }, "k", seesSensitive: true);

        body.Problem.ShouldBeNull();
        body.How.ShouldBe(["Avro acme.Transfer"]);
        body.Text.ReplaceLineEndings("").Replace(" ", "").ShouldStartWith("""{"id":"t-1","amount":-12.34,"iban":"DK50","tags":["x","y","z"],"rates":{"r":0.5},"kind":"OUT","at":"20""");
        body.Text.ShouldContain("0.05");
    }

    [Fact]
    public void Nothing_that_a_body_may_be_makes_it_throw()
    {
        var (protobuf, _) = Protobuf();
        var file = Path.Combine(_folder, "transfer.avsc");
        File.WriteAllText(file, AvroSchema);
        var avro = Reading(new SchemaOptions { Messages = [new SchemaRule { RoutingKey = "#", Avro = file }] });
        var random = new Random(3);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(0, 40)];
            random.NextBytes(bytes);
            if (round % 2 == 0 && bytes.Length > 0)
            {
                bytes[0] = (byte)(random.Next(1, 8) << 3 | random.Next(0, 6));
            }

            protobuf.Read(bytes, new MessageProperties(), "payments.transfer.v1", seesSensitive: true).ShouldNotBeNull();
            avro.Read(bytes, new MessageProperties(), "k", seesSensitive: true).ShouldNotBeNull();
        }
    }

    [Theory]
    [InlineData("payments.*.v1", "payments.transfer.v1", true)]
    [InlineData("payments.*.v1", "payments.a.b.v1", false)]
    [InlineData("payments.#", "payments", true)]
    [InlineData("#.v1", "a.b.v1", true)]
    [InlineData("#", "", true)]
    [InlineData("a.#.b.*", "a.b.b.c", true)]
    public void Routing_keys_fit_as_topic_exchanges_have_it(string pattern, string key, bool fits) => TopicPattern.Fits(pattern, key).ShouldBe(fits);

    [Fact]
    public void A_schema_that_is_not_there_is_told_at_the_start()
    {
        Should.Throw<InvalidOperationException>(() => Reading(new SchemaOptions { Messages = [new SchemaRule { Type = "x", Avro = Path.Combine(_folder, "none.avsc") }] })).Message.ShouldContain("none.avsc");
        Should.Throw<InvalidOperationException>(() => Reading(new SchemaOptions { Messages = [new SchemaRule { Type = "x", Protobuf = "acme.None" }] })).Message.ShouldContain("descriptors names no file");
        File.WriteAllText(Path.Combine(_folder, "odd.pb"), "no descriptors");
        Should.Throw<InvalidOperationException>(() => Reading(new SchemaOptions { Descriptors = [Path.Combine(_folder, "odd.pb")] })).Message.ShouldContain("protoc --include_imports");
    }

    private static DecodedBody Read(string text) => Reading().Read(Encoding.UTF8.GetBytes(text), new MessageProperties(), "k", seesSensitive: true);

    private static BodyReading Reading(params IReadOnlyList<string> sensitive) => Reading(new SchemaOptions(), sensitive);

    private static BodyReading Reading(SchemaOptions schemas, params IReadOnlyList<string> sensitive)
    {
        var options = Options.Create(new DeadLettersOptions { Schemas = schemas, SensitiveFields = sensitive });
        return new BodyReading(new BodySchemas(options), new Masking(options));
    }

    private (BodyReading Reading, string File) Protobuf(params IReadOnlyList<string> sensitive)
    {
        var message = new DescriptorProto { Name = "Transfer" };
        message.Field.Add(Field("id", 1, FieldDescriptorProto.Types.Type.String));
        message.Field.Add(Field("amount", 2, FieldDescriptorProto.Types.Type.Sint64));
        message.Field.Add(Field("iban", 3, FieldDescriptorProto.Types.Type.String));
        message.Field.Add(Field("counts", 4, FieldDescriptorProto.Types.Type.Int32, isRepeated: true));
        message.Field.Add(Field("at", 5, FieldDescriptorProto.Types.Type.Message, typeName: ".google.protobuf.Timestamp"));
        message.Field.Add(Field("rates", 6, FieldDescriptorProto.Types.Type.Message, isRepeated: true, typeName: ".acme.Transfer.RatesEntry"));
        var entry = new DescriptorProto { Name = "RatesEntry", Options = new MessageOptions { MapEntry = true } };
        entry.Field.Add(Field("key", 1, FieldDescriptorProto.Types.Type.String));
        entry.Field.Add(Field("value", 2, FieldDescriptorProto.Types.Type.Double));
        message.NestedType.Add(entry);
        var file = new FileDescriptorProto { Name = "acme.proto", Package = "acme", Syntax = "proto3" };
        file.Dependency.Add("google/protobuf/timestamp.proto");
        file.MessageType.Add(message);
        var set = new FileDescriptorSet();
        set.File.Add(TimestampReflection.Descriptor.ToProto());
        set.File.Add(file);
        var path = Path.Combine(_folder, $"{Guid.NewGuid():N}.pb");
        File.WriteAllBytes(path, set.ToByteArray());
        return (Reading(new SchemaOptions { Descriptors = [path], Messages = [new SchemaRule { RoutingKey = "payments.*.v1", Protobuf = "acme.Transfer" }] }, sensitive), path);
    }

    private static FieldDescriptorProto Field(string name, int number, FieldDescriptorProto.Types.Type type, bool isRepeated = false, string? typeName = null)
    {
        var field = new FieldDescriptorProto
        {
            Name = name, Number = number, Type = type, JsonName = name, Label = isRepeated ? FieldDescriptorProto.Types.Label.Repeated : FieldDescriptorProto.Types.Label.Optional,
        };
        if (typeName is not null)
        {
            field.TypeName = typeName;
        }

        return field;
    }

    private static byte[] Wire(Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        using (var output = new CodedOutputStream(memory))
        {
            write(output);
        }

        return memory.ToArray();
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var packing = new GZipStream(memory, CompressionLevel.Fastest))
        {
            packing.Write(bytes);
        }

        return memory.ToArray();
    }
}
