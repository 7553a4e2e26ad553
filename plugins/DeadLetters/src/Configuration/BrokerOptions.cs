using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;
using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters.Configuration;

/// <summary>A RabbitMQ of one environment, and the queue in which its dead letters gather.</summary>
internal sealed class BrokerOptions : IValidatableObject
{
    /// <summary>Names of queues and exchanges are short strings on the wire.</summary>
    private const int MostBytesOfName = 255;

    [Description("What it is called here.")]
    [Required, RegularExpression("^[a-z0-9][a-z0-9-]{0,39}$", ErrorMessage = "A broker's name has lower-case letters, digits and hyphens, at most 40.")]
    public string Name { get; set; } = "";

    [Description("The environment it serves, one of environments.")]
    [Required]
    public string Environment { get; set; } = "";

    [Description("Its address: amqp://rabbit.example.com:5672, or amqps:// for TLS.")]
    [Required]
    public Uri? Address { get; set; }

    [Description("The virtual host.")]
    [Required, StringLength(255)]
    public string VirtualHost { get; set; } = "/";

    [Description("The user to sign in as.")]
    [Required]
    public string Username { get; set; } = "guest";

    [Description("The password; take it from the environment, as in ${RABBITMQ_PASSWORD}.")]
    [Secret]
    public string Password { get; set; } = "guest";

    public BrokerTlsOptions Tls { get; set; } = new();

    [Description("The queue from which dead letters are read.")]
    [Required]
    public string Queue { get; set; } = "stagedoor.dead-letters";

    [Description("The exchange to which policies send dead letters.")]
    [Required]
    public string Exchange { get; set; } = "stagedoor.dead-letters";

    [Description("How many messages may be on their way to the portal without being kept yet.")]
    [Range(1, 10_000)]
    public int Prefetch { get; set; } = 4_000;

    [Description("How many megabytes of bodies may be on their way at once: with large bodies, fewer messages are asked for.")]
    [Range(16, 4_096)]
    public int MostMegabytesInHand { get; set; } = 128;

    [Description("The largest body, in megabytes, that is read from this broker.")]
    [Range(1, 512)]
    public int MostMegabytesOfBody { get; set; } = 128;

    [Description("The address of its management API, https://rabbit.example.com:15671. Without it what only that API knows is not shown.")]
    public Uri? Management { get; set; }

    [Description("Whether it is read from. A broker that is off keeps its dead letters.")]
    public bool Enabled { get; set; } = true;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Address is { } address)
        {
            if (address.Scheme is not ("amqp" or "amqps"))
            {
                yield return new ValidationResult($"The address of a broker begins with amqp:// or amqps://, not {address.Scheme}://.", [nameof(Address)]);
            }
            else if (address.UserInfo.Length > 0)
            {
                yield return new ValidationResult("The address holds credentials, which would be shown with it. Put them into username and password.", [nameof(Address)]);
            }
            else if (address.AbsolutePath.Length > 1)
            {
                yield return new ValidationResult("The address ends after the port. The virtual host has a setting of its own, virtualHost.", [nameof(Address)]);
            }
            else if (address.Host.Length == 0)
            {
                yield return new ValidationResult("The address names no host. Write amqp://rabbit.example.com:5672.", [nameof(Address)]);
            }
        }

        if (Management is { } management && management.Scheme is not ("http" or "https"))
        {
            yield return new ValidationResult("The management API has an address that begins with https:// or http://.", [nameof(Management)]);
        }

        foreach (var (name, what, property) in new[] { (Queue, "queue", nameof(Queue)), (Exchange, "exchange", nameof(Exchange)) })
        {
            if (Encoding.UTF8.GetByteCount(name) > MostBytesOfName)
            {
                yield return new ValidationResult($"The name of the {what} is longer than the 255 bytes that AMQP allows.", [property]);
            }
            else if (name.StartsWith("amq.", StringComparison.Ordinal))
            {
                yield return new ValidationResult($"Names that begin with amq. belong to the broker. Give the {what} another.", [property]);
            }
        }

        if (Address?.Scheme == "amqp" && (Tls.Authority is not null || Tls.Certificate is not null || Tls.ServerName is not null))
        {
            yield return new ValidationResult("There are settings for TLS, but the address begins with amqp://. Write amqps://.", [nameof(Tls)]);
        }
    }
}

internal sealed class BrokerTlsOptions : IValidatableObject
{
    [Description("The name in the broker's certificate, where it is not that of the address.")]
    public string? ServerName { get; set; }

    [Description("A file (PEM) with the authority that signed the broker's certificate, where the system does not know it.")]
    public string? Authority { get; set; }

    [Description("A file (PEM) with the certificate that the portal shows.")]
    public string? Certificate { get; set; }

    [Description("The file (PEM) with its key.")]
    public string? Key { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Certificate is null != Key is null)
        {
            yield return new ValidationResult("A certificate needs its key, and a key its certificate.", [nameof(Certificate)]);
        }

        foreach (var (file, property) in new[] { (Authority, nameof(Authority)), (Certificate, nameof(Certificate)), (Key, nameof(Key)) })
        {
            if (file is not null && !File.Exists(file))
            {
                yield return new ValidationResult($"The file {file} is not there.", [property]);
            }
        }
    }
}
