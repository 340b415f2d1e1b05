namespace MusicRender.Engine.Prompting;

/// <summary>Tells whether lyrics contain the strong words of a short English list. No judgement of meaning.</summary>
internal static class ExplicitWords
{
    private static readonly string[] Words =
        ["fuck", "fucks", "fucked", "fucking", "fucker", "motherfucker", "shit", "shitty", "bullshit", "bitch", "bitches", "cunt", "asshole", "arsehole", "wanker", "dickhead", "cock", "pussy", "whore", "slut", "bastard"];

    internal static bool In(IEnumerable<string> lines) => lines.Any(line => Words.Any(word => WordSearch.Contains(line, word)));
}
