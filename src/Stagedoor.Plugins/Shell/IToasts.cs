namespace Stagedoor.Plugins;

/// <summary>Says one line to the person at the screen, on this page or on the one that a redirect leads to.</summary>
public interface IToasts
{
    void Say(string text, Severity severity = Severity.Success);
}
