namespace Stagedoor.Draw;

/// <summary>What one browser saw.</summary>
/// <param name="First">Milliseconds until the picture stood, with nothing cached.</param>
/// <param name="Later">The same, with what the first visit left.</param>
/// <param name="Element">What of it the picture's own element took.</param>
internal sealed record Run(double First, double Later, double Element, int Nodes, int Edges, double Frames, double Slowest);
