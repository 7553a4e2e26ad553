using System.Diagnostics;

namespace Stagedoor.Testing.Processes;

/// <summary>What a process has written, both streams in the order of arrival. Holds the last few thousand lines.</summary>
internal sealed class ProcessOutput
{
    private const int Kept = 4000;
    private readonly Lock _lock = new();
    private readonly Queue<string> _lines = new();

    public string Text
    {
        get
        {
            lock (_lock)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    public string Tail(int lines)
    {
        lock (_lock)
        {
            return string.Join('\n', _lines.TakeLast(lines));
        }
    }

    public void Attach(Process process)
    {
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Kept)
            {
                _lines.Dequeue();
            }
        }
    }
}
