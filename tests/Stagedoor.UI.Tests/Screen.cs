using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stagedoor.Plugins;

namespace Stagedoor.UI.Tests;

/// <summary>Renders a component as the portal does, without a server, and hands its HTML to a test.</summary>
internal sealed class Screen
{
    public static readonly DateTimeOffset Now = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    private readonly List<SlotContribution> slots = [];

    private readonly LogLines log = new();

    public string At { get; init; } = "/";

    public Caller? Caller { get; init; }

    public IReadOnlyList<string> Log => log.Lines;

    public Screen With(SlotContribution contribution)
    {
        slots.Add(contribution);
        return this;
    }

    public async Task<string> Html<TComponent>(params (string Name, object? Value)[] parameters)
        where TComponent : IComponent
    {
        await using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(log))
            .AddSingleton<NavigationManager>(new Place(At))
            .AddSingleton<TimeProvider>(new StoppedClock())
            .AddSingleton<ISlots>(new Slots(slots))
            .AddSingleton<IToasts, NoToasts>()
            .AddSingleton<AntiforgeryStateProvider, OneToken>()
            .AddCascadingValue(_ => Caller)
            .BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var given = ParameterView.FromDictionary(parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value));
            return (await renderer.RenderComponentAsync<TComponent>(given)).ToHtmlString();
        });
    }

    public async Task<IElement> Show<TComponent>(params (string Name, object? Value)[] parameters)
        where TComponent : IComponent =>
        new HtmlParser().ParseDocument("<!doctype html><body>" + await Html<TComponent>(parameters)).Body!;

    public static RenderFragment Text(string text) => builder => builder.AddContent(0, text);

    private sealed class Place : NavigationManager
    {
        public Place(string path) => Initialize("https://portal.test/", "https://portal.test" + path);
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Slots(List<SlotContribution> all) : ISlots
    {
        public IReadOnlyList<SlotContribution> In(Slot slot) => [.. all.Where(contribution => contribution.Slot == slot)];
    }

    private sealed class NoToasts : IToasts
    {
        public void Say(string text, Severity severity = Severity.Success) => throw new InvalidOperationException("Nobody says anything while a page is made.");
    }

    private sealed class OneToken : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken GetAntiforgeryToken() => new("the-token", "__RequestVerificationToken");
    }

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Lines.Add($"{logLevel}: {formatter(state, exception)} {exception?.Message}");
            }
        }

        public void Dispose()
        {
        }
    }
}
