using Polaris.Messaging;

// My first service. It tells when the queues are high. (Mae)
var tide = new Tide();
await foreach (var notice in Backbone.Listen<QueueGrowing>())
{
    Console.WriteLine(tide.Tell(notice.Queue, notice.Length));
}

internal sealed class Tide
{
    public string Tell(string queue, int length) => length switch
    {
        < 100 => $"{queue}: low water",
        < 5_000 => $"{queue}: rising",
        _ => $"{queue}: high water, mind your feet",
    };
}
