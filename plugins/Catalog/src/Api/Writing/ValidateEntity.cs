using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stagedoor.Catalog.Api.Reading;
using Stagedoor.Catalog.Model.Wire;

namespace Stagedoor.Catalog.Api.Writing;

/// <summary><c>POST /validate-entity</c>. What is wrong comes as a list of its own, not in the usual form of errors: clients expect that.</summary>
internal static class ValidateEntity
{
    public static async Task<IResult> Handle(HttpContext context, EntityValidation validation)
    {
        Parameters.RefuseAll(context);
        IReadOnlyList<WireFault> faults;
        try
        {
            var body = await JsonBody.Read(context);
            faults = body.TryGetProperty("entity", out var entity)
                ? await validation.Validate(entity, body.Text("location"), context.RequestAborted)
                : [new WireFault("InputError", "Malformed request: 'entity' is required")];
        }
        catch (ApiFault fault) when (fault.Status == StatusCodes.Status400BadRequest)
        {
            faults = [new WireFault(fault.Name, fault.Message)];
        }

        return faults.Count == 0 ? Results.Ok() : Results.Json(new { errors = faults }, JsonSerializerOptions.Web, statusCode: StatusCodes.Status400BadRequest);
    }
}
