using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Stagedoor.Catalog.Index;

namespace Stagedoor.Catalog.Api.Reading;

/// <summary>Writes entities into an answer as they lie in the index, without reading them.</summary>
internal static class EntityWriting
{
    /// <summary>So much may wait before the reader on the other side has to take it.</summary>
    private const int Chunk = 256 * 1024;

    public static Task WriteOne(HttpContext context, Found entity)
    {
        context.Response.ContentType = BackstageErrors.Json;
        context.Response.ContentLength = entity.Length;
        var writer = context.Response.BodyWriter;
        writer.Write(entity.Head);
        writer.Write(entity.Tail);
        return Finish(writer, context);
    }

    /// <summary>Writes a list between what comes before it and after it.</summary>
    /// <param name="items">Nothing, where there is no such entity.</param>
    public static Task WriteList(HttpContext context, IReadOnlyList<Found?> items, Projection? projection, ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after)
    {
        context.Response.ContentType = BackstageErrors.Json;
        if (projection is not null)
        {
            return WriteProjected(context, items, projection, before, after);
        }

        long length = before.Length + after.Length + 2 + Math.Max(0, items.Count - 1);
        foreach (var item in items)
        {
            length += item?.Length ?? 4;
        }

        context.Response.ContentLength = length;
        return length <= Chunk ? WriteAtOnce(context, items, before, after) : WriteInChunks(context, items, before, after);
    }

    private static Task WriteAtOnce(HttpContext context, IReadOnlyList<Found?> items, ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after)
    {
        var writer = context.Response.BodyWriter;
        writer.Write(before.Span);
        writer.Write("["u8);
        for (var i = 0; i < items.Count; i++)
        {
            Write(writer, items[i], i > 0);
        }

        writer.Write("]"u8);
        writer.Write(after.Span);
        return Finish(writer, context);
    }

    private static async Task WriteInChunks(HttpContext context, IReadOnlyList<Found?> items, ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after)
    {
        var writer = context.Response.BodyWriter;
        writer.Write(before.Span);
        writer.Write("["u8);
        long waiting = 0;
        for (var i = 0; i < items.Count; i++)
        {
            Write(writer, items[i], i > 0);
            waiting += items[i]?.Length ?? 4;
            if (waiting > Chunk)
            {
                waiting = 0;
                if ((await writer.FlushAsync(context.RequestAborted)).IsCompleted)
                {
                    return;
                }
            }
        }

        writer.Write("]"u8);
        writer.Write(after.Span);
        await Finish(writer, context);
    }

    private static async Task WriteProjected(HttpContext context, IReadOnlyList<Found?> items, Projection projection, ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after)
    {
        var writer = context.Response.BodyWriter;
        var text = new ArrayBufferWriter<byte>(16 * 1024);
        text.Write(before.Span);
        text.Write("["u8);
        for (var i = 0; i < items.Count; i++)
        {
            text.Write(i > 0 ? ","u8 : default);
            if (items[i] is { } entity)
            {
                projection.Write(entity, text);
            }
            else
            {
                text.Write("null"u8);
            }

            if (text.WrittenCount > Chunk / 4)
            {
                writer.Write(text.WrittenSpan);
                text.ResetWrittenCount();
                if ((await writer.FlushAsync(context.RequestAborted)).IsCompleted)
                {
                    return;
                }
            }
        }

        text.Write("]"u8);
        text.Write(after.Span);
        writer.Write(text.WrittenSpan);
        await Finish(writer, context);
    }

    private static void Write(PipeWriter writer, Found? item, bool isNext)
    {
        writer.Write(isNext ? ","u8 : default);
        if (item is { } entity)
        {
            writer.Write(entity.Head);
            writer.Write(entity.Tail);
        }
        else
        {
            writer.Write("null"u8);
        }
    }

    private static Task Finish(PipeWriter writer, HttpContext context)
    {
        var flush = writer.FlushAsync(context.RequestAborted);
        return flush.IsCompletedSuccessfully ? Task.CompletedTask : flush.AsTask();
    }
}
