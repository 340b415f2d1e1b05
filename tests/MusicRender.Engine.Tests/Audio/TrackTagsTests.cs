using CsCheck;
using MusicRender.Engine.Audio;
using TagLib;
using TagLib.Id3v2;
using Xunit;

namespace MusicRender.Engine.Tests.Audio;

public sealed class TrackTagsTests
{
    [Fact]
    public void Tag_WithEverything_IsReadBackByAnother()
    {
        var tag = Read(new TrackTags
        {
            Title = "Nächte 祖母 😀",
            Genres = ["synthwave", "Поп"],
            Bpm = 109.6,
            Key = "D minor",
            Lyrics = "eins\nשלום\n𝄞",
            SyncedLyrics = [("eins", 0), ("שלום", 1_500), ("𝄞", 599_999)],
            Language = "deu",
            Comment = "{\"title\":\"Nächte 😀\"}",
            LengthMs = 3_001,
        });
        Assert.Equal(4, tag.Version);
        Assert.Equal("Nächte 祖母 😀", tag.Title);
        Assert.Equal(["synthwave", "Поп"], tag.Genres);
        Assert.Equal(110u, tag.BeatsPerMinute);
        Assert.Equal("Dm", Text(tag, "TKEY"));
        Assert.Equal("3001", Text(tag, "TLEN"));
        Assert.Equal("MusicRender", Text(tag, "TENC"));
        var lyrics = Assert.Single(tag.GetFrames<UnsynchronisedLyricsFrame>());
        Assert.Equal(("eins\nשלום\n𝄞", "deu"), (lyrics.Text, lyrics.Language));
        var synced = Assert.Single(tag.GetFrames<SynchronisedLyricsFrame>());
        Assert.Equal((TimestampFormat.AbsoluteMilliseconds, SynchedTextType.Lyrics), (synced.Format, synced.Type));
        Assert.Equal([("eins", 0L), ("שלום", 1_500L), ("𝄞", 599_999L)], synced.Text.Select(text => (text.Text, text.Time)));
        Assert.Equal("{\"title\":\"Nächte 😀\"}", Assert.Single(tag.GetFrames<CommentsFrame>()).Text);
    }

    [Fact]
    public void Tag_WithATitleOnly_HasNothingElse()
    {
        var tag = Read(new TrackTags { Title = "x" });
        Assert.Equal(["TENC", "TIT2"], tag.GetFrames().Select(frame => frame.FrameId.ToString()).Order());
    }

    [Fact]
    public void Tag_OfAnyTexts_IsReadBack() => Gen.Select(Tests.Plan.PlanGen.Text(300), Tests.Plan.PlanGen.Text(2_000)).Sample(
        (title, text) =>
        {
            var tag = Read(new TrackTags { Title = "T" + title, Lyrics = "L" + text, Comment = "C" + text });
            Assert.Equal("T" + string.Concat(title.EnumerateRunes().Where(rune => !System.Text.Rune.IsControl(rune))), tag.Title);
            var kept = text.Replace("\0", "", StringComparison.Ordinal);
            Assert.Equal("L" + kept, Assert.Single(tag.GetFrames<UnsynchronisedLyricsFrame>()).Text);
            Assert.Equal("C" + kept, Assert.Single(tag.GetFrames<CommentsFrame>()).Text);
        },
        iter: 300, threads: 1);

    [Theory]
    [InlineData("E major", "E")]
    [InlineData("D minor", "Dm")]
    [InlineData("E♭ minor", "Ebm")]
    [InlineData("F# Minor", "F#m")]
    [InlineData("C", "C")]
    [InlineData("H major", null)]
    [InlineData("Emajor", null)]
    [InlineData("e major", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Key_InWords_IsTheFramesOwn(string? words, string? expected) => Assert.Equal(expected, TrackTags.Id3Key(words));

    [Theory]
    [InlineData(4_000)]
    [InlineData(130_000)]
    public void Tag_WithRoomEnough_IsJustThatLongAndSaysTheSame(int room)
    {
        var tags = new TrackTags { Title = "Night Drive", Genres = ["synthwave"], Lyrics = new string('a', 3_000), Comment = "{}" };
        Assert.Equal(room, tags.ToBytes(room).Length);
        var tag = Read(tags, room);
        Assert.Equal(("Night Drive", "synthwave", 3_000, "{}"), (tag.Title, tag.FirstGenre, tag.Lyrics.Length, tag.Comment));
        Assert.Equal(room, Id3Tag.LengthOf(tags.ToBytes(room)));
    }

    [Fact]
    public void Tag_WithTooLittleRoom_IsLonger()
    {
        var tags = new TrackTags { Title = "Night Drive", Lyrics = new string('a', 3_000) };
        Assert.InRange(tags.ToBytes(1_000).Length, 3_000, 10_000);
        Assert.Equal(3_000, Read(tags, 1_000).Lyrics.Length);
    }

    private static TagLib.Id3v2.Tag Read(TrackTags tags, int room = 0)
    {
        var bytes = tags.ToBytes(room);
        return new TagLib.Id3v2.Tag(new InMemory(bytes), 0);
    }

    private static string Text(TagLib.Id3v2.Tag tag, string frame) => TextInformationFrame.Get(tag, frame, false).Text[0];

    private sealed class InMemory(byte[] bytes) : TagLib.File(new Bytes(bytes))
    {
        public override TagLib.Tag Tag => throw new NotSupportedException();

        public override Properties Properties => throw new NotSupportedException();

        public override void Save() => throw new NotSupportedException();

        public override void RemoveTags(TagTypes types) => throw new NotSupportedException();

        public override TagLib.Tag GetTag(TagTypes type, bool create) => throw new NotSupportedException();

        private sealed class Bytes(byte[] bytes) : IFileAbstraction
        {
            public string Name => "tag.mp3";

            public Stream ReadStream => new MemoryStream(bytes);

            public Stream WriteStream => throw new NotSupportedException();

            public void CloseStream(Stream stream) => stream.Dispose();
        }
    }
}
