namespace Stagedoor.Plugins;

/// <summary>Declares a command of the command line: its inputs, and its subcommands or what it does.</summary>
public sealed class CommandBuilder
{
    internal CommandBuilder(string name, string description)
    {
        Name = name;
        Description = description;
    }

    public string Name { get; }

    public string Description { get; }

    internal List<CommandInput> Inputs { get; } = [];

    internal List<CommandBuilder> Commands { get; } = [];

    internal Func<CommandContext, CancellationToken, Task<int>>? Action { get; private set; }

    /// <summary>A value named on the command line, such as <c>--month 3</c>.</summary>
    /// <param name="name">With its dashes: <c>--month</c>.</param>
    public CommandInput<T> Option<T>(string name, string description, T? fallback = default, bool required = false, params string[] aliases) =>
        Add(new CommandInput<T>(name, description, isOption: true, required, fallback, aliases));

    /// <summary>A value by its place on the command line.</summary>
    public CommandInput<T> Argument<T>(string name, string description, T? fallback = default, bool required = true) =>
        Add(new CommandInput<T>(name, description, isOption: false, required, fallback, []));

    public CommandBuilder Command(string name, string description, Action<CommandBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var command = new CommandBuilder(name, description);
        configure(command);
        Commands.Add(command);
        return this;
    }

    /// <summary>What the command does. It returns an <see cref="ExitCode"/>.</summary>
    public void Run(Func<CommandContext, CancellationToken, Task<int>> action) => Action = action;

    private CommandInput<T> Add<T>(CommandInput<T> input)
    {
        Inputs.Add(input);
        return input;
    }
}

/// <summary>An option or argument of a command.</summary>
public abstract class CommandInput
{
    private protected CommandInput(string name, string description, bool isOption, bool required, IReadOnlyList<string> aliases)
    {
        Name = name;
        Description = description;
        IsOption = isOption;
        Required = required;
        Aliases = aliases;
    }

    public string Name { get; }

    public string Description { get; }

    public bool IsOption { get; }

    public bool Required { get; }

    public IReadOnlyList<string> Aliases { get; }

    internal abstract TResult Accept<TResult>(ICommandInputVisitor<TResult> visitor);
}

/// <inheritdoc />
public sealed class CommandInput<T> : CommandInput
{
    internal CommandInput(string name, string description, bool isOption, bool required, T? fallback, IReadOnlyList<string> aliases)
        : base(name, description, isOption, required, aliases) => Fallback = fallback;

    public T? Fallback { get; }

    internal override TResult Accept<TResult>(ICommandInputVisitor<TResult> visitor) => visitor.Visit(this);
}

internal interface ICommandInputVisitor<out TResult>
{
    TResult Visit<T>(CommandInput<T> input);
}

/// <summary>A command as it runs.</summary>
public abstract class CommandContext
{
    public abstract T? Value<T>(CommandInput<T> input);

    public abstract CommandOutput Output { get; }

    /// <summary>
    /// Speaks to a running portal: its address and token come from <c>--portal</c> and <c>--token</c> or the environment.
    /// An answer that is not a success becomes a clear message and an exit code when it is read by its <c>Get</c>, <c>Send</c>.
    /// </summary>
    public abstract PortalClient Portal { get; }

    /// <summary>The directory the command was started in.</summary>
    public abstract string WorkingDirectory { get; }
}

/// <summary>Results go to standard output in the format that was asked for; remarks go to standard error.</summary>
public abstract class CommandOutput
{
    /// <summary>Rows: a table for people, the rows themselves as JSON or YAML for programs.</summary>
    public abstract void Rows<T>(IReadOnlyCollection<T> rows, params IReadOnlyList<CommandColumn<T>> columns);

    /// <summary>One thing: its fields below each other for people, itself as JSON or YAML for programs.</summary>
    public abstract void Item<T>(T item, params IReadOnlyList<CommandColumn<T>> fields);

    /// <summary>A line of the result itself, for commands with a format of their own.</summary>
    public abstract void Line(string text);

    /// <summary>A remark for the person at the terminal.</summary>
    public abstract void Note(string text);

    /// <summary>What went wrong, and what to do.</summary>
    public abstract void Error(string text);
}

public sealed record CommandColumn<T>(string Title, Func<T, object?> Value);

/// <summary>The portal's API as a command sees it.</summary>
public abstract class PortalClient
{
    public abstract Task<T> Get<T>(string path, CancellationToken cancellationToken);

    public abstract Task<T> Send<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken);

    public abstract Task Send(HttpMethod method, string path, object? body, CancellationToken cancellationToken);

    /// <summary>The client beneath, for what the methods above do not do: streams, uploads.</summary>
    public abstract HttpClient Http { get; }
}

/// <summary>What a command's exit code means.</summary>
public static class ExitCode
{
    public const int Ok = 0;

    /// <summary>It ran, and the answer is no: something was found wrong, or could not be done.</summary>
    public const int Failed = 1;

    /// <summary>The command line, or the configuration, is not right.</summary>
    public const int Usage = 2;

    /// <summary>The portal, or something it needs, cannot be reached.</summary>
    public const int Unreachable = 3;

    /// <summary>The portal refused: no token, or not enough rights.</summary>
    public const int Denied = 4;

    /// <summary>What was asked for is not there.</summary>
    public const int NotFound = 5;

    /// <summary>Interrupted.</summary>
    public const int Interrupted = 130;
}
