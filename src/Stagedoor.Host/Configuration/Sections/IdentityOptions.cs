using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Configuration.Sections;

/// <summary>Who is who.</summary>
[Description("Who is who.")]
internal sealed class IdentityOptions
{
    [Description("People who may do everything, such as user:default/mae, and groups whose own members may, such as group:default/platform.")]
    public IReadOnlyList<EntityRef> Administrators { get; set; } = [];

    [Description("Tokens by which programs speak to the API.")]
    public IReadOnlyList<ServiceTokenOptions> ServiceTokens { get; set; } = [];

    [Description("Whether one is signed in as a person of the sample organisation. Only in Development, and only with the sample.")]
    public bool SampleSignIn { get; set; } = true;
}

internal sealed class ServiceTokenOptions : IValidatableObject
{
    [Description("What the service is called, in the audit record and everywhere else.")]
    [Required, RegularExpression("^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$", ErrorMessage = "A service's name has letters, digits, dots, hyphens and underscores, at most 63.")]
    public string Name { get; set; } = "";

    [Description("The token's hash, as 'stagedoor hash-token' prints it.")]
    [RegularExpression("^sha256:[0-9a-fA-F]{64}$", ErrorMessage = "A hash is sha256: and 64 hexadecimal digits. Run 'stagedoor hash-token' to get one.")]
    public string? Hash { get; set; }

    [Description("Instead of the hash: the environment variable that holds the token.")]
    [RegularExpression("^[A-Za-z_][A-Za-z0-9_]*$", ErrorMessage = "Write the name of an environment variable, without a dollar sign.")]
    public string? Variable { get; set; }

    [Description("The roles it has besides 'everyone', such as administrator.")]
    public IReadOnlyList<string> Roles { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Hash is null == Variable is null)
        {
            yield return new ValidationResult(Hash is null
                ? "A service token needs either hash or variable. Run 'stagedoor hash-token' to get a token and its hash."
                : "A service token has either hash or variable, not both.");
        }
    }
}
