using System.Globalization;
using System.Text;
using TagLib;
using TagLib.Id3v2;

namespace MusicRender.Engine.Audio;

/// <summary>What a file's ID3v2.4 tag says.</summary>
public sealed record TrackTags
{
    /// <summary>TIT2.</summary>
    public required string Title { get; init; }

    /// <summary>TCON.</summary>
    public IReadOnlyList<string> Genres { get; init; } = [];

    /// <summary>TBPM: beats a minute, rounded to a whole number as the frame demands.</summary>
    public double? Bpm { get; init; }

    /// <summary>TKEY: "E major" is written as E, "D minor" as Dm.</summary>
    public string? Key { get; init; }

    /// <summary>USLT: the lyrics, one line a line; empty for none.</summary>
    public string Lyrics { get; init; } = "";

    /// <summary>SYLT: texts with their start in ms from the beginning; empty for none.</summary>
    public IReadOnlyList<(string Text, int StartMs)> SyncedLyrics { get; init; } = [];

    /// <summary>The language of the lyrics as ISO 639-2, or null for "und".</summary>
    public string? Language { get; init; }

    /// <summary>COMM: here the plan, as JSON.</summary>
    public string Comment { get; init; } = "";

    /// <summary>TENC.</summary>
    public string EncodedBy { get; init; } = "MusicRender";

    /// <summary>TLEN: length in ms.</summary>
    public long LengthMs { get; init; }

    /// <summary>
    /// The whole tag, as it stands at the beginning of a file: padded to exactly <paramref name="room"/> bytes when what it
    /// says fits in there, else longer. Control characters are left out of texts of one line.
    /// </summary>
    public byte[] ToBytes(int room = 0)
    {
        var tag = new TagLib.Id3v2.Tag { Version = 4 };
        Text(tag, "TIT2", Plain(Title));
        if (Genres.Count > 0)
        {
            Text(tag, "TCON", [.. Genres.Select(Plain)]);
        }

        if (Bpm is { } bpm)
        {
            Text(tag, "TBPM", Math.Round(bpm).ToString(CultureInfo.InvariantCulture));
        }

        if (Id3Key(Key) is { } key)
        {
            Text(tag, "TKEY", key);
        }

        Text(tag, "TENC", EncodedBy);
        if (LengthMs > 0)
        {
            Text(tag, "TLEN", LengthMs.ToString(CultureInfo.InvariantCulture));
        }

        var language = Language is { Length: 3 } ? Language : "und";
        if (Lyrics.Length > 0)
        {
            tag.AddFrame(new UnsynchronisedLyricsFrame("", language, StringType.UTF8) { Text = WithoutNul(Lyrics) });
        }

        if (SyncedLyrics.Count > 0)
        {
            tag.AddFrame(new SynchronisedLyricsFrame("", language, SynchedTextType.Lyrics, StringType.UTF8)
            {
                Format = TimestampFormat.AbsoluteMilliseconds,
                Text = [.. SyncedLyrics.Select(line => new SynchedText(line.StartMs, Plain(line.Text)))],
            });
        }

        if (Comment.Length > 0)
        {
            tag.AddFrame(new CommentsFrame("", "und", StringType.UTF8) { Text = WithoutNul(Comment) });
        }

        return Id3Tag.Padded(tag.Render().Data, room);
    }

    /// <summary>The title that a whole tag says; null when it says none, or is no tag.</summary>
    internal static string? TitleOf(byte[] tag)
    {
        try
        {
            return tag.Length == 0 ? null : new TagLib.Id3v2.Tag(tag).Title;
        }
        catch (CorruptFileException)
        {
            return null;
        }
    }

    /// <summary>True when a tag says another title; false when it says none.</summary>
    internal static bool SaysAnother(string title, string? said) => said is not null && said != Plain(title);

    /// <summary>The key as the TKEY frame has it: at most three characters, "Ebm"; null for what is no key.</summary>
    internal static string? Id3Key(string? key)
    {
        var words = (key ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [[>= 'A' and <= 'G', ..] note, ..] || note.Length > 2 || (note.Length == 2 && note[1] is not ('#' or 'b' or '♯' or '♭')))
        {
            return null;
        }

        var name = note.Replace('♯', '#').Replace('♭', 'b');
        return words.Length > 1 && words[1].StartsWith("min", StringComparison.OrdinalIgnoreCase) ? name + "m" : name;
    }

    private static void Text(TagLib.Id3v2.Tag tag, string frame, params string[] values) =>
        tag.AddFrame(new TextInformationFrame(ByteVector.FromString(frame, StringType.Latin1), StringType.UTF8) { Text = values });

    private static string WithoutNul(string text) => text.Replace("\0", "", StringComparison.Ordinal);

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsControl(rune))
            {
                plain.Append(rune.ToString());
            }
        }

        return plain.ToString();
    }
}
