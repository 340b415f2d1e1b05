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
        { "ambient", "19151 16320 16069 12352 11276 9403 24292 21182 12965 11611 2864 2917" },
        { "cinematic", "15479 15047 15531 15294 15357 15245 24184 23767 20910 21272 8472 8643" },
        { "drum and bass", "15025 15152 14331 14473 15309 15378 21295 22089 19467 19459 8185 8130" },
        { "folk", "11170 10205 10202 9557 7641 7167 16441 15198 16184 15076 6566 6209" },
        { "funk", "12098 12073 10783 10911 11685 11670 14442 15164 2288 1854 726 581" },
        { "hip hop", "14914 15379 17288 16172 12950 12954 20862 20915 11635 11627 2939 3049" },
        { "house", "15448 15472 15566 15397 15152 14929 20756 20258 5760 5562 1144 1040" },
        { "jazz", "13337 13290 11560 12084 11526 11596 16311 16793 16543 16334 5630 5518" },
        { "lo-fi", "15916 16110 15066 14895 15641 14991 21470 22376 12684 11567 2512 2423" },
        { "pop", "14312 14170 13010 13139 14438 14506 19851 20012 5065 4951 988 901" },
        { "rock", "12155 11614 12008 11436 9625 9030 16218 16038 15289 14900 5624 5496" },
        { "synthwave", "16115 15790 15710 15626 14352 14367 20792 20000 11879 11242 2411 2401" },
        { "trap", "16848 16559 15847 15539 12357 12730 23423 22842 22477 22717 8252 8241" },
    };

    [Fact]
    public void Version_IsTheOneOfTheseSounds() => Assert.Equal("4", SketchGenerator.Version);

    [Theory]
    [MemberData(nameof(Sounds))]
    public async Task Sound_OfThisVersion_HasNotChanged(string genre, string levels)
    {
        var (_, samples) = await SketchPlans.GenerateAsync(SketchPlans.Plan([genre], ("Verse", 3_000), ("Chorus", 3_000)), seed: 3);

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
