namespace MusicRender.Engine;

/// <summary>The engine cannot start. The message is one line for the person who starts it, without a capital in front.</summary>
public sealed class EngineStartException(string message, Exception? inner = null) : Exception(message, inner);
