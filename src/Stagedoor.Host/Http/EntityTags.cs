using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Stagedoor.Host.Http;

/// <summary>
/// Gives answers of the API and fragments an <c>ETag</c> from their content, and answers 304 when the client has it. An endpoint
/// that sets its own is left alone, and so are answers that are streamed or longer than a page has a use for.
/// </summary>
internal sealed class EntityTags(RequestDelegate next)
{
    public async Task Invoke(HttpContext context)
    {
        var path = context.Request.Path;
        if (!HttpMethods.IsGet(context.Request.Method) || !(path.StartsWithSegments("/api") || path.StartsWithSegments("/fragments")))
        {
            await next(context);
            return;
        }

        var before = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await using var held = new HeldBody(before.Stream, context.Response);
        var body = new StreamResponseBodyFeature(held, before);
        context.Features.Set<IHttpResponseBodyFeature>(body);
        try
        {
            await next(context);
            await body.CompleteAsync();
            await held.Release(context);
        }
        finally
        {
            context.Features.Set(before);
        }
    }

    /// <summary>Holds a short JSON or HTML answer back until it is whole; lets any other through.</summary>
    private sealed class HeldBody(Stream inner, HttpResponse response) : Stream
    {
        private const int Limit = 256 * 1024;
        private readonly MemoryStream _held = new();
        private bool _through;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public async Task Release(HttpContext context)
        {
            if (_through)
            {
                return;
            }

            if (response.StatusCode == StatusCodes.Status200OK && !response.HasStarted && _held.Length > 0)
            {
                var tag = Tag(_held.GetBuffer().AsSpan(0, (int)_held.Length));
                response.Headers.ETag = tag;
                if (response.Headers.CacheControl.Count == 0)
                {
                    response.Headers.CacheControl = "private, no-cache";
                }

                if (Matches(context.Request.Headers.IfNoneMatch.ToString(), tag))
                {
                    response.StatusCode = StatusCodes.Status304NotModified;
                    response.ContentLength = null;
                    response.Headers.ContentType = default;
                    return;
                }
            }

            if (_held.Length > 0)
            {
                await inner.WriteAsync(_held.GetBuffer().AsMemory(0, (int)_held.Length), context.RequestAborted);
            }
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!_through && ShouldHold(buffer.Length))
            {
                _held.Write(buffer.Span);
                return;
            }

            await LetThrough(cancellationToken);
            await inner.WriteAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Answers are written asynchronously.");

        public override Task FlushAsync(CancellationToken cancellationToken) => _through ? inner.FlushAsync(cancellationToken) : Task.CompletedTask;

        public override void Flush()
        {
            if (_through)
            {
                inner.Flush();
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        private bool ShouldHold(int more) =>
            _held.Length + more <= Limit
            && response.Headers.ETag.Count == 0
            && response.ContentType is { } type
            && (type.StartsWith("application/json", StringComparison.Ordinal) || type.StartsWith("text/html", StringComparison.Ordinal));

        private async ValueTask LetThrough(CancellationToken cancellationToken)
        {
            if (_through)
            {
                return;
            }

            _through = true;
            if (_held.Length > 0)
            {
                await inner.WriteAsync(_held.GetBuffer().AsMemory(0, (int)_held.Length), cancellationToken);
            }
        }

        private static string Tag(ReadOnlySpan<byte> content)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(content, hash);
            return $"\"{Convert.ToHexStringLower(hash[..12])}\"";
        }

        private static bool Matches(string ifNoneMatch, string tag)
        {
            foreach (var one in ifNoneMatch.AsSpan().Split(','))
            {
                var candidate = ifNoneMatch.AsSpan()[one].Trim();
                if (candidate is "*" || (candidate.StartsWith("W/") ? candidate[2..] : candidate).SequenceEqual(tag))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
