using System.Globalization;
using System.Text;

namespace Stagedoor.Generate;

/// <summary>Small OpenAPI definitions, one to three kilobytes, as the text of <c>spec.definition</c>.</summary>
internal static class Definitions
{
    public static void Write(StringBuilder text, string name, bool tiny, ref Chance chance)
    {
        text.Append("  definition: |\n    openapi: 3.0.3\n    info:\n      title: ").Append(name).Append(CultureInfo.InvariantCulture, $"\n      version: {1 + chance.Below(4)}.{chance.Below(20)}.0\n    paths:\n");
        if (tiny)
        {
            text.Append("      /ping: {}\n");
            return;
        }

        var first = chance.Below(Words.Fragments.Length);
        for (var i = 2 + chance.Below(4); i > 0; i--)
        {
            var what = Words.Fragments[(first + i) % Words.Fragments.Length];
            text.Append(CultureInfo.InvariantCulture, $$"""
                      /{{what}}:
                        get:
                          summary: All {{what}} that the caller may see
                          operationId: list-{{what}}
                          parameters:
                            - name: limit
                              in: query
                              schema: { type: integer, minimum: 1, maximum: {{50 * (1 + chance.Below(10))}} }
                          responses:
                            "200":
                              description: A page of {{what}}
                      /{{what}}/{id}:
                        get:
                          summary: One of the {{what}}
                          operationId: get-{{what}}
                          parameters:
                            - { name: id, in: path, required: true, schema: { type: string, format: uuid } }
                          responses:
                            "200":
                              description: It
                            "404":
                              description: There is none

                """);
        }
    }
}
