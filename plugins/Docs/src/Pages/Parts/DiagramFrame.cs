using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Stagedoor.Docs.Pages.Parts;

/// <summary>
/// The document in which a browser draws diagrams. The library that draws writes styles, which the portal's own policy forbids, so it
/// works in a frame with a policy of its own: no origin, no network, nothing but the script that the page hands in and text back.
/// </summary>
internal static class DiagramFrame
{
    private const string Script = """
        const frame = document.createElement('script');
        let port, ready;
        const answer = message => port.postMessage(message);
        const draw = async ({ id, source, dark, font, colours }) => {
          try {
            await ready;
            mermaid.initialize({
              startOnLoad: false, securityLevel: 'strict', suppressErrorRendering: true, deterministicIds: true, htmlLabels: false,
              theme: 'base', themeVariables: { ...colours, darkMode: dark, fontFamily: font }, fontFamily: font, maxTextSize: 100000, maxEdges: 1000,
              flowchart: { useMaxWidth: false, htmlLabels: false }, sequence: { useMaxWidth: false }, gantt: { useMaxWidth: false }, class: { useMaxWidth: false, htmlLabels: false },
              state: { useMaxWidth: false }, er: { useMaxWidth: false }, journey: { useMaxWidth: false }, pie: { useMaxWidth: false }, gitGraph: { useMaxWidth: false },
              timeline: { useMaxWidth: false }, quadrantChart: { useMaxWidth: false }, xyChart: { useMaxWidth: false }, sankey: { useMaxWidth: false }, block: { useMaxWidth: false },
              requirement: { useMaxWidth: false }, c4: { useMaxWidth: false }, packet: { useMaxWidth: false }, kanban: { useMaxWidth: false },
            });
            const { svg } = await mermaid.render('d' + id, source);
            const parsed = new DOMParser().parseFromString(svg, 'text/html').querySelector('svg');
            for (const label of parsed.querySelectorAll('.statediagram-state:has(> rect.label-container) > .label')) {
              label.setAttribute('transform', label.getAttribute('transform').replace(/^translate\([^,]+/, 'translate(0'));
              label.setAttribute('text-anchor', 'middle');
            }
            const box = parsed.viewBox.baseVal;
            if (box && box.width) { parsed.setAttribute('width', Math.ceil(box.width)); parsed.setAttribute('height', Math.ceil(box.height)); }
            answer({ id, svg: new XMLSerializer().serializeToString(parsed), width: Math.ceil(box.width), height: Math.ceil(box.height) });
          } catch (error) {
            answer({ id, error: String(error?.message ?? error).slice(0, 500) });
          }
        };
        let last = Promise.resolve();
        addEventListener('message', event => {
          if (port || event.source !== parent || !event.ports[0]) return;
          port = event.ports[0];
          ready = new Promise((done, fail) => {
            frame.onload = done;
            frame.onerror = () => fail(new Error('The library that draws diagrams could not be started.'));
            frame.src = URL.createObjectURL(new Blob([event.data], { type: 'text/javascript' }));
            document.head.append(frame);
          });
          port.onmessage = asked => { last = last.then(() => draw(asked.data)); };
        });
        """;

    private static readonly string Document = $"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Diagrams</title><script>{Script}</script></head><body></body></html>";

    private static readonly string Policy =
        $"default-src 'none'; script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)))}' blob:; style-src 'unsafe-inline'; sandbox allow-scripts; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

    public static IResult Handle(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XFrameOptions = "SAMEORIGIN";
        headers.CacheControl = "private, max-age=3600";
        return TypedResults.Text(Document, "text/html; charset=utf-8");
    }
}
