using CsCheck;
using MusicRender.Engine.Audio;
using Xunit;

namespace MusicRender.Engine.Tests.Audio;

public sealed class Mp3IntakeTests
{
    private static readonly byte[] Sound = Mp3.Frames(40, mark: 7);

    [Theory]
    [InlineData(1)]
    [InlineData(191)]
    [InlineData(192)]
    [InlineData(1_000_000)]
    public void Stream_WithTagAndInfoFrame_PassesWithoutThem(int piece)
    {
        byte[] tag = [.. Id3Tag.Blank(3_000), .. new byte[2_990]];
        var info = Mp3InfoFrame.Make(Mp3.Header, 40, Sound.Length, 45_000);
        var (passed, intake) = Pass([.. tag, .. info, .. Sound], piece);
        Assert.Equal(Sound, passed);
        Assert.Equal((40, tag.Length + info.Length, 45_000L), (intake.Counter.Frames, intake.Stripped, intake.Samples));
        Assert.Equal(45_000 * 1_000 / 44_100, intake.DurationMs);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public void Stream_WithoutThem_PassesAsItIs(int piece)
    {
        var (passed, intake) = Pass(Sound, piece);
        Assert.Equal(Sound, passed);
        Assert.Equal((0L, 40 * 1_152L), (intake.Stripped, intake.Samples));
    }

    [Fact]
    public void Stream_ThatIsCutShort_HasSoundToItsEnd()
    {
        var info = Mp3InfoFrame.Make(Mp3.Header, 40, Sound.Length, 45_000);
        var (_, intake) = Pass([.. info, .. Sound[..(10 * Mp3.FrameBytes)]], 4_096);
        Assert.False(intake.IsWhole);
        Assert.Equal((10 * 1_152) - 576, intake.Samples);
    }

    [Fact]
    public void Stream_OfPartsWithTags_PassesWithoutAny()
    {
        var intake = new Mp3Intake();
        var passed = new List<byte>();
        foreach (var part in new byte[][] { [.. Id3Tag.Blank(20), .. new byte[10], .. Mp3.Frames(2)], Mp3.Frames(1), [.. Id3Tag.Blank(500), .. new byte[490], .. Mp3.Frames(3)], [1, 2, 3] })
        {
            Take(intake.Add(part), passed);
            passed.AddRange(intake.EndPart().Span);
        }

        Assert.Equal([.. Mp3.Frames(6), 1, 2, 3], passed);
        Assert.Equal(6, intake.Counter.Frames);
    }

    [Fact]
    public void Stream_OfAnyBytes_LosesNoneThatAreNoTag() => Gen.Select(Gen.Byte[0, 0x48].Array[0, 500], Gen.Int[1, 400]).Sample(
        (bytes, piece) => Assert.Equal(bytes, Pass(bytes, piece).Passed),
        iter: 500, threads: 1);

    private static (byte[] Passed, Mp3Intake Intake) Pass(byte[] stream, int piece)
    {
        var intake = new Mp3Intake();
        var passed = new List<byte>();
        foreach (var part in stream.Chunk(piece))
        {
            Take(intake.Add(part), passed);
        }

        passed.AddRange(intake.EndPart().Span);
        return ([.. passed], intake);
    }

    private static void Take((ReadOnlyMemory<byte> First, ReadOnlyMemory<byte> Second) pieces, List<byte> passed)
    {
        passed.AddRange(pieces.First.Span);
        passed.AddRange(pieces.Second.Span);
    }
}
