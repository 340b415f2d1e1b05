namespace MusicRender.Engine.Generators.ElevenLabs.Answers;

/// <summary>An answer makes no sense. The message says what is wrong, to be put after "ElevenLabs sent "; it never repeats what was sent.</summary>
internal sealed class BadAnswerException(string what) : Exception(what);
