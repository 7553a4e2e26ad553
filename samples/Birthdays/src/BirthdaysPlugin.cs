using Acme.Birthdays.Calendar;
using Acme.Birthdays.Remind;
using Acme.Birthdays.Today;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Plugins;

namespace Acme.Birthdays;

/// <summary>All that the plugin contributes. Start reading here.</summary>
public sealed class BirthdaysPlugin : IPlugin
{
    internal static readonly Permission Read = new("birthdays.read", "See whose birthday it is.");

    public PluginInfo Info { get; } = new("birthdays", "Birthdays", "Who has their birthday, so that nobody is forgotten.") { Owner = "Acme" };

    public void Configure(PluginBuilder plugin)
    {
        plugin.Options<BirthdaysOptions>();
        plugin.Services.AddSingleton<BirthdayStore>();
        plugin.Permission(Read, grantedTo: Role.Everyone);
        plugin.Navigation(new NavigationItem("Birthdays", "/birthdays") { Icon = "gift", Group = "Company", Permission = Read, Shortcut = 'b' });
        plugin.Slot(HomeSlots.Cards, typeof(TodayCard), permission: Read);
        plugin.Job<RemindBirthdays>(new JobSchedule { Cron = "0 0 7 * * ?" }, "Tells everybody whose birthday it is.");
        plugin.Api(api => api.MapGet("/", ListBirthdays.Handle).Requires(Read).WithSummary("The next birthdays"));
    }
}
