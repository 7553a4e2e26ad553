using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters.Store;

/// <summary>Finds the services and causes that messages belong to, and makes those that are new.</summary>
internal static class Places
{
    private const int MostTextOfCause = 2_000;

    private static readonly BulkInsert<NewMessage> NewServices = new(
        "dead_letters_services",
        [
            BulkColumn<NewMessage>.Of("env", message => message.Env),
            BulkColumn<NewMessage>.Of("name", message => message.Service),
            BulkColumn<NewMessage>.Of("squad", message => message.Squad),
        ],
        "(env, name) do nothing");

    private static readonly BulkInsert<NewMessage> NewCauses = new(
        "dead_letters_causes",
        [
            BulkColumn<NewMessage>.Of("env", message => message.Env),
            BulkColumn<NewMessage>.Of("fingerprint", message => message.Fingerprint),
            BulkColumn<NewMessage>.Of("error", message => message.Error is null ? null : CutText.Start(message.Error, MostTextOfCause)),
            BulkColumn<NewMessage>.Of("error_type", message => message.ErrorType),
            BulkColumn<NewMessage>.Of("first_at", message => message.DeadAt),
        ],
        "(env, fingerprint) do nothing");

    public static async Task<Dictionary<(string Env, string Name), long>> Services(
        ITransaction transaction, IEnumerable<NewMessage> messages, CancellationToken cancellationToken)
    {
        var wanted = messages.DistinctBy(message => (message.Env, message.Service))
            .OrderBy(message => message.Env, StringComparer.Ordinal).ThenBy(message => message.Service, StringComparer.Ordinal).ToList();
        var found = await Find();
        var missing = wanted.Where(message => !found.ContainsKey((message.Env, message.Service))).ToList();
        if (missing.Count > 0)
        {
            await transaction.Insert(NewServices, missing, cancellationToken);
            found = await Find();
        }

        return found;

        async Task<Dictionary<(string, string), long>> Find() =>
            (await transaction.Query<(string Env, string Name, long Id)>(
                "select env, name, id from dead_letters_services where env in @envs and name in @names",
                new { envs = wanted.Select(message => message.Env).Distinct().ToList(), names = wanted.Select(message => message.Service).Distinct().ToList() },
                cancellationToken)).ToDictionary(row => (row.Env, row.Name), row => row.Id);
    }

    public static async Task<Dictionary<(string Env, Guid Fingerprint), long>> Causes(
        ITransaction transaction, IEnumerable<NewMessage> messages, CancellationToken cancellationToken)
    {
        var wanted = messages.DistinctBy(message => (message.Env, message.Fingerprint))
            .OrderBy(message => message.Env, StringComparer.Ordinal).ThenBy(message => message.Fingerprint).ToList();
        var found = await Find();
        var missing = wanted.Where(message => !found.ContainsKey((message.Env, message.Fingerprint))).ToList();
        if (missing.Count > 0)
        {
            await transaction.Insert(NewCauses, missing, cancellationToken);
            found = await Find();
        }

        return found;

        async Task<Dictionary<(string, Guid), long>> Find() =>
            (await transaction.Query<(string Env, Guid Fingerprint, long Id)>(
                "select env, fingerprint, id from dead_letters_causes where env in @envs and fingerprint in @fingerprints",
                new { envs = wanted.Select(message => message.Env).Distinct().ToList(), fingerprints = wanted.Select(message => message.Fingerprint).Distinct().ToList() },
                cancellationToken)).ToDictionary(row => (row.Env, row.Fingerprint), row => row.Id);
    }
}
