namespace Stagedoor.Plugins;

/// <summary>
/// Tells other plugins in this process what has happened, after it has happened. Handlers run in the background,
/// each on its own: one that throws is logged and harms nobody. What must not be lost goes through a
/// <see cref="IWorkQueue"/> or an <see cref="IOperations">operation</see> instead.
/// </summary>
public interface IEvents
{
    void Publish<TEvent>(TEvent happened)
        where TEvent : notnull;
}

/// <summary>Hears events of one type; registered by <see cref="PluginBuilder.On{TEvent, THandler}"/>.</summary>
public interface IEventHandler<in TEvent>
    where TEvent : notnull
{
    Task Handle(TEvent happened, CancellationToken cancellationToken);
}
