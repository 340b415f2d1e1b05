using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.Sketch;

/// <summary>
/// The sound of <see cref="SketchGenerator.Version"/>. When one of these fails because Sketch is meant to sound another way
/// now: raise the version, and put the new levels here. Else older tracks would get stems of another arrangement.
/// </summary>
public sealed class SketchVersionTests
{
    /// <summary>Of each second: the levels of left and right, in hundred-thousandths.</summary>
    public static TheoryData<string, string> Sounds => new()
    {
        { "ambient", "19151 16320 16259 12498 11583 9660 24435 21311 12926 11576 2877 2931" },
        { "cinematic", "15479 15047 15374 15140 15044 14935 24100 23685 20792 21153 8513 8686" },
        { "drum and bass", "15025 15152 14181 14321 14996 15064 21262 22054 19277 19267 8165 8112" },
        { "folk", "11170 10205 10328 9675 7760 7280 16455 15210 16102 14997 6457 6105" },
        { "funk", "12446 12419 10917 11046 11797 11781 13855 14595 2086 1690 651 521" },
        { "hip hop", "14914 15379 17171 16066 12799 12802 20393 20447 11443 11436 2926 3036" },
        { "house", "15863 15889 15800 15628 15202 14977 19986 19506 5261 5081 1022 929" },
        { "jazz", "13586 13537 11775 12307 11738 11810 16077 16551 16145 15938 5567 5455" },
        { "lo-fi", "15916 16110 14965 14795 15343 14703 21351 22238 12681 11563 2534 2445" },
        { "pop", "14713 14567 13232 13363 14509 14581 19104 19238 4623 4520 883 806" },
        { "rock", "12614 12051 12458 11865 10024 9403 15826 15655 14692 14319 5458 5334" },
        { "synthwave", "16166 15841 15765 15681 14403 14417 20835 20041 11995 11353 2465 2466" },
        { "trap", "16851 16561 15687 15383 12068 12434 23319 22742 22679 22922 8229 8212" },
        { "pop, female vocals", "13456 13347 12800 12678 14491 14315 18259 18398 15120 15135 13532 12197" },
        { "hip hop, male rap vocals", "14793 14716 15098 15208 16481 16647 18538 18331 10440 10234 2765 2882" },
    };

    [Fact]
    public void Version_IsTheOneOfTheseSounds() => Assert.Equal("2", SketchGenerator.Version);

    [Theory]
    [MemberData(nameof(Sounds))]
    public async Task Sound_OfThisVersion_HasNotChanged(string genre, string levels)
    {
        string[] lines = genre.Contains("vocals", StringComparison.Ordinal) ? ["Hold on to the silver light"] : [];
        var (_, samples) = await SketchPlans.GenerateAsync(SketchPlans.Sung([genre], ("Verse", 3_000, lines), ("Chorus", 3_000, lines)), seed: 3);

        // Other processors round otherwise in the last place, and no more.
        var heard = LevelsOf(samples);
        var known = levels.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToArray();
        Assert.True(
            heard.Length == known.Length && heard.Zip(known).All(pair => Math.Abs(pair.First - pair.Second) <= 1),
            $"Sketch sounds another way than version {SketchGenerator.Version}: raise SketchGenerator.Version, and note the levels {string.Join(' ', heard)}");
    }

    private static int[] LevelsOf(float[] samples)
    {
        var levels = new List<int>();
        foreach (var second in samples.Chunk(PcmFormat.SampleRate * PcmFormat.Channels))
        {
            for (var side = 0; side < PcmFormat.Channels; side++)
            {
                var one = second.Where((_, at) => at % PcmFormat.Channels == side).ToArray();
                levels.Add((int)Math.Round(SketchPlans.Rms(one) * 100_000));
            }
        }

        return [.. levels];
    }
}
