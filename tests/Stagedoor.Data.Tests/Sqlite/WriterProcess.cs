using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Stagedoor.Plugins;

namespace Stagedoor.Data.Tests.Sqlite;

/// <summary>
/// What this executable does when it is started by <see cref="KilledWriterTests"/>: writes to a file until it is killed,
/// telling on its output what is committed.
/// </summary>
internal static class WriterProcess
{
    public const string Variable = "STAGEDOOR_TEST_WRITES_TO";

    [ModuleInitializer]
    internal static void Run()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } file)
        {
            return;
        }

        var database = Databases.Open(new DatabaseSettings { SqliteFile = file }, NullLoggerFactory.Instance);
        database.Execute("create table if not exists debit (n integer); create table if not exists credit (n integer)", CancellationToken.None).GetAwaiter().GetResult();
        for (var n = 1; ; n++)
        {
            database.Execute("insert into debit values (@n); insert into credit values (@n)", new { n }, CancellationToken.None).GetAwaiter().GetResult();
            Console.Out.WriteLine(n.ToString(CultureInfo.InvariantCulture));
            Console.Out.Flush();
        }
    }
}
