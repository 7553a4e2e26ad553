using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Acme.Birthdays;

internal sealed class BirthdaysOptions
{
    [Description("How many days ahead the page and the card look."), Range(1, 366)]
    public int DaysAhead { get; set; } = 30;
}
