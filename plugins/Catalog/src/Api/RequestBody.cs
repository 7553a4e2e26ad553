using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Stagedoor.Catalog.Api;

/// <summary>Reads a JSON body, up to the size that Backstage accepts.</summary>
internal static class RequestBody
{
    public const int Most = 100 * 1024;

    /// <returns>Nothing, if there is no body.</returns>
    public static async ValueTask<JsonDocument?> Read(HttpContext context)
    {
        if (context.Request.ContentLength > Most)
        {
            throw TooLarge();
        }

        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > Most)
            {
                throw TooLarge();
            }

            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            if (read.Buffer.IsEmpty)
            {
                return null;
            }

            // The document outlives the buffer it came in.
            var bytes = read.Buffer.ToArray();
            reader.AdvanceTo(read.Buffer.End);
            try
            {
                return JsonTexts.Parse(bytes);
            }
            catch (JsonException e)
            {
                throw ApiFault.Input($"The body is not JSON: {e.Message}");
            }
        }
    }

    private static ApiFault TooLarge() => ApiFault.TooLarge($"The body is larger than {Most} bytes. Ask in several requests.");
}
