using System.Globalization;
using System.Text;
using CsCheck;
using MusicRender.Engine.Library;
using Xunit;

namespace MusicRender.Engine.Tests.Library;

public sealed class FileNamesTests
{
    private static readonly Gen<string> Title = Gen.OneOf(Gen.String, Tests.Plan.PlanGen.Text(300), Gen.Char.Array[0, 400].Select(letters => new string(letters)));

    [Fact]
    public void Name_OfAnyTitle_HoldsOnlyLettersDigitsHyphensAndTheEnding() => Title.Sample(
        title =>
        {
            var name = FileNames.Of(title, "0123abcd");
            Assert.EndsWith("_0123abcd.mp3", name, StringComparison.Ordinal);
            Assert.InRange(Encoding.UTF8.GetByteCount(name), 1, FileNames.MaxSlugBytes + "_0123abcd.mp3".Length);
            var stem = name[..^"_0123abcd.mp3".Length];
            Assert.NotEqual("", stem);
            Assert.All(stem.EnumerateRunes(), rune => Assert.True(rune.Value == '-' || Rune.IsLetterOrDigit(rune) || IsMark(rune), $"U+{rune.Value:X4} is in the name."));
            Assert.False(stem.StartsWith('-') || stem.EndsWith('-') || stem.Contains("--", StringComparison.Ordinal), stem);
            Assert.Equal(name, Path.GetFileName(name));
        },
        iter: 3_000, threads: 1);

    [Fact]
    public void Name_OfItsOwnStem_IsTheSame() => Title.Sample(
        title =>
        {
            var name = FileNames.Of(title, "x");
            Assert.Equal(name, FileNames.Of(name[..^"_x.mp3".Length], "x"));
        },
        iter: 1_000, threads: 1);

    [Theory]
    [InlineData("Night Drive", "night-drive_1.mp3")]
    [InlineData("  Don't  Stop!  ", "dont-stop_1.mp3")]
    [InlineData("../../etc/passwd", "etc-passwd_1.mp3")]
    [InlineData("..\\..\\x", "x_1.mp3")]
    [InlineData("C:\\con", "c-con_1.mp3")]
    [InlineData("a\0b\u202ec\u200dd", "a-b-c-d_1.mp3")]
    [InlineData("Été 2024", "été-2024_1.mp3")]
    [InlineData("祖母は駅", "祖母は駅_1.mp3")]
    [InlineData("𠮷野家", "𠮷野家_1.mp3")]
    [InlineData("नमस्ते", "नमस्ते_1.mp3")]
    [InlineData("😀", "track_1.mp3")]
    [InlineData("...", "track_1.mp3")]
    [InlineData("", "track_1.mp3")]
    [InlineData(null, "track_1.mp3")]
    [InlineData("\ud800", "track_1.mp3")]
    public void Name_OfATitle_IsItsSlug(string? title, string expected) => Assert.Equal(expected, FileNames.Of(title, "1"));

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
