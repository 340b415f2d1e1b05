namespace MusicRender.Engine.Plan;

/// <summary>
/// The rule for control characters (U+0000 to U+001F) in people's text: tab and line breaks are text, all others are not. They
/// mean something to tags, logs and terminals, and nothing to a person.
/// </summary>
public static class ControlCharacters
{
    /// <summary>What is wrong with a text that holds one: "must not hold the control character U+0000"; null when it holds none.</summary>
    public static string? Problem(string text)
    {
        foreach (var letter in text)
        {
            if (IsOne(letter))
            {
                return $"must not hold the control character U+{(int)letter:X4}";
            }
        }

        return null;
    }

    /// <summary>The text without them, for text that nobody can be asked to mend.</summary>
    public static string Without(string text) => Problem(text) is null ? text : string.Concat(text.Where(letter => !IsOne(letter)));

    private static bool IsOne(char letter) => letter < ' ' && letter is not ('\t' or '\n' or '\r');
}
