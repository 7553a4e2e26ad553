using Microsoft.AspNetCore.Http;

namespace Stagedoor.Catalog.Api;

/// <summary>A request to the catalog API that is not answered as asked. The names are those that Backstage's clients know.</summary>
internal sealed class ApiFault(int status, string name, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Name { get; } = name;

    public static ApiFault Input(string message) => new(StatusCodes.Status400BadRequest, "InputError", message);

    public static ApiFault NotFound(string message) => new(StatusCodes.Status404NotFound, "NotFoundError", message);

    public static ApiFault NotAllowed(string message) => new(StatusCodes.Status403Forbidden, "NotAllowedError", message);

    public static ApiFault Conflict(string message) => new(StatusCodes.Status409Conflict, "ConflictError", message);

    public static ApiFault TooLarge(string message) => new(StatusCodes.Status413PayloadTooLarge, "PayloadTooLargeError", message);
}
