using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Stagedoor.Host.Http;

/// <summary>What <c>/openapi.json</c> says about the portal as a whole.</summary>
internal static class OpenApiDescription
{
    public static void Describe(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info = new OpenApiInfo
        {
            Title = "Stagedoor",
            Version = typeof(OpenApiDescription).Assembly.GetName().Version?.ToString(3),
            Description = "The API of the portal and of every plugin that is active in it. Programs send a service token as a bearer token.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token of identity.serviceTokens." };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
        return Task.CompletedTask;
    });
}
