using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using Stagedoor.DeadLetters.Configuration;

namespace Stagedoor.DeadLetters.Ingest;

/// <summary>Connects to a broker as its configuration says, and says in a sentence why that failed.</summary>
internal static class BrokerConnections
{
    public static async Task<IConnection> Open(BrokerOptions broker, string purpose, CancellationToken cancellationToken)
    {
        var address = broker.Address ?? throw new InvalidOperationException($"The broker {broker.Name} has no address.");
        var isTls = address.Scheme == "amqps";
        var factory = new ConnectionFactory
        {
            HostName = address.IdnHost,
            Port = address.Port > 0 ? address.Port : isTls ? 5671 : 5672,
            VirtualHost = broker.VirtualHost,
            UserName = broker.Username,
            Password = broker.Password,
            ClientProvidedName = $"Stagedoor: {purpose}",
            RequestedHeartbeat = TimeSpan.FromSeconds(20),
            RequestedConnectionTimeout = TimeSpan.FromSeconds(10),
            ContinuationTimeout = TimeSpan.FromSeconds(20),
            MaxInboundMessageBodySize = (uint)broker.MostMegabytesOfBody * 1024 * 1024,

            // Acknowledgements belong to one connection, so we begin anew ourselves.
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
        };
        if (isTls)
        {
            factory.Ssl = Tls(broker, address);
        }

        return await factory.CreateConnectionAsync(cancellationToken);
    }

    /// <summary>What a failure of the client, the network or the broker means, and what helps.</summary>
    public static string Explain(Exception failure, BrokerOptions broker)
    {
        var place = $"{broker.Address?.Host}:{broker.Address?.Port}";
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case AuthenticationFailureException or PossibleAuthenticationFailureException:
                    return $"The broker at {place} refuses the user {broker.Username}. Check username, password and the rights on the virtual host {broker.VirtualHost}.";
                case OperationInterruptedException { ShutdownReason: { } reason }:
                    return Explain(reason, broker);
                case System.Security.Authentication.AuthenticationException tls:
                    return $"TLS with {place} failed: {tls.Message} Check the certificate, and tls.authority.";
                case System.Net.Sockets.SocketException socket:
                    return $"The broker at {place} cannot be reached: {socket.Message}. It is tried again by itself.";
            }
        }

        return $"The broker at {place} cannot be read: {failure.Message}";
    }

    public static string Explain(ShutdownEventArgs reason, BrokerOptions broker) => reason.ReplyCode switch
    {
        404 => $"There is no queue {broker.Queue} in the virtual host {broker.VirtualHost}. `stagedoor dead-letters setup` makes it.",
        403 => $"The user {broker.Username} may not read the queue {broker.Queue}. Give it the right to read there.",
        405 => $"The queue {broker.Queue} is another connection's alone. Make it a queue that is not exclusive.",
        530 => $"There is no virtual host {broker.VirtualHost}, or {broker.Username} may not use it.",
        320 => "The broker is stopping. It is tried again by itself.",
        406 => $"The broker closed the channel: {reason.ReplyText}. It is opened again.",
        _ => $"The connection to the broker is lost: {reason.ReplyText}. It is tried again by itself.",
    };

    private static SslOption Tls(BrokerOptions broker, Uri address)
    {
        var tls = new SslOption { Enabled = true, ServerName = broker.Tls.ServerName ?? address.IdnHost };
        if (broker.Tls.Certificate is { } certificate)
        {
            tls.Certs = [X509Certificate2.CreateFromPemFile(certificate, broker.Tls.Key)];
        }

        if (broker.Tls.Authority is { } authority)
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(authority);
            tls.CertificateValidationCallback = (_, shown, _, errors) => IsSignedBy(authorities, shown, errors);
        }

        return tls;
    }

    // The name must fit whoever signed it; only that the system does not know the authority is made up for.
    private static bool IsSignedBy(X509Certificate2Collection authorities, X509Certificate? shown, SslPolicyErrors errors)
    {
        if (shown is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var certificate = new X509Certificate2(shown);
        return chain.Build(certificate);
    }
}
