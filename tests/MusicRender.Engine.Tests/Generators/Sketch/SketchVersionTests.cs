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
        { "ambient", "9992 10307 9163 12166 8694 14593 13524 16968 13778 21226 4621 6742" },
        { "cinematic", "14990 14033 13417 13616 14402 14861 19461 18577 19562 19780 8076 8611" },
        { "drum and bass", "14012 13871 13023 12919 13156 13388 19080 19429 18019 18355 6733 6733" },
        { "folk", "10043 9201 9341 8217 8420 8188 15948 16827 16114 15900 6371 6478" },
        { "funk", "12749 12760 10717 10336 12810 11988 18885 18243 14234 14083 5884 5779" },
        { "hip hop", "14957 14382 13554 12684 11737 11718 18339 18062 18749 18104 7731 7654" },
        { "house", "13145 13404 13489 13732 15027 15115 20924 22125 18342 18855 6745 6904" },
        { "jazz", "12667 13452 9884 10824 12396 11676 15944 16012 14654 14961 6427 6765" },
        { "lo-fi", "13372 14237 14701 14065 11418 11883 20240 19870 18329 17469 6060 6037" },
        { "pop", "13054 13393 12031 12238 15712 15688 18820 19613 18499 19066 7955 8113" },
        { "rock", "11390 10721 10915 10309 9424 9128 16852 16861 15395 15493 4559 4412" },
        { "synthwave", "12623 12586 12536 12421 13195 13197 19436 19803 18597 19022 7432 7153" },
        { "trap", "16056 15181 15956 15333 14776 14124 21229 20179 21731 20860 7333 7116" },
    };

    [Fact]
    public void Version_IsTheOneOfTheseSounds() => Assert.Equal("2", SketchGenerator.Version);

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
