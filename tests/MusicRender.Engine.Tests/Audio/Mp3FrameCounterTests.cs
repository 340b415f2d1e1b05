using CsCheck;
using MusicRender.Engine.Audio;
using Xunit;

namespace MusicRender.Engine.Tests.Audio;

public sealed class Mp3FrameCounterTests
{
    // 192 kbit/s at 44 100 Hz without padding: 626 bytes, 1 152 samples.
    private static readonly byte[] Frame = [0xFF, 0xFB, 0xB0, 0x00, .. new byte[622]];
    private static readonly byte[] OtherFrame = [0xFF, 0xFB, 0x90, 0x00, .. new byte[413]];
    private static readonly byte[] LowRateFrame = [0xFF, 0xF3, 0x80, 0xC0, .. new byte[204]];

    [Fact]
    public void Frames_CutAnywhere_AreAllCounted() => Gen.Select(Gen.Int[0, 40], Gen.Int[0, 625], Gen.Int[1, 700].Array[1, 20]).Sample(
        (frames, rest, cuts) =>
        {
            byte[] stream = [.. Enumerable.Range(0, frames).SelectMany(index => index % 3 == 2 ? OtherFrame : Frame), .. Frame.AsSpan(0, rest)];
            var counter = Counted(stream, cuts);
            Assert.Equal(frames, counter.Frames);
            Assert.Equal(stream.Length - rest, counter.WholeBytes);
            Assert.Equal(frames * 1_152L * 1000 / 44_100, counter.DurationMs);
            Assert.Equal(frames > 0 || rest >= 4 ? 44_100 : 0, counter.First.SampleRate);
        },
        iter: 500, threads: 1);

    [Fact]
    public void Tags_BeforeAndBetweenFrames_AreNotSound() => Gen.Select(Gen.Byte.Array[0, 400], Gen.Bool, Gen.Int[1, 90].Array[1, 20]).Sample(
        (content, hasFooter, cuts) =>
        {
            // What a tag holds may look like frames.
            byte[] tag = [.. "ID3"u8, 4, 0, (byte)(hasFooter ? 0x10 : 0), 0, 0, (byte)((content.Length + Frame.Length) >> 7), (byte)((content.Length + Frame.Length) & 0x7F), .. Frame, .. content, .. hasFooter ? new byte[10] : []];
            Assert.Equal(3, Counted([.. tag, .. Frame, .. Frame, .. tag, .. Frame], cuts).Frames);
        },
        iter: 300, threads: 1);

    [Fact]
    public void Rubbish_BetweenFrames_IsPassedOver() => Gen.Select(Gen.Byte[0, 0xFE].Array[1, 5_000], Gen.Int[1, 3_000].Array[1, 20]).Sample(
        (rubbish, cuts) =>
        {
            // Without 0xFF no byte of the rubbish begins a frame. At the start there are frames enough to find the rhythm.
            var counter = Counted([.. Frame, .. Frame, .. rubbish, .. Frame, .. Frame, .. Frame], cuts);
            Assert.Equal(5, counter.Frames);
            Assert.Equal((5 * Frame.Length) + rubbish.Length, counter.WholeBytes);
        },
        iter: 300, threads: 1);

    [Fact]
    public void HeaderInRubbish_ThatNoOtherFollows_IsNoFrame()
    {
        // It looks like a frame of 626 bytes, which would reach into the real ones.
        byte[] stream = [.. Frame, 1, 2, 3, .. Frame.AsSpan(0, 100), 7, .. Frame, .. Frame];
        Assert.Equal(3, Counted(stream, [64]).Frames);
    }

    [Fact]
    public void FrameCutShort_BeforeAnotherPart_CostsOnlyItself()
    {
        // A part of the song that begins in the middle of a frame, as when parts come in another order than they are played.
        byte[] stream = [.. Frame, .. Frame, .. Frame.AsSpan(0, 200), .. Frame.AsSpan(400), .. Frame, .. Frame, .. Frame];
        Assert.InRange(Counted(stream, [1_000]).Frames, 4, 6);
    }

    [Fact]
    public void AnyBytes_CutInAnyWay_GiveTheSameCount() => Gen.Select(
        Gen.OneOf(Gen.Byte.Array[0, 900], Gen.Const(Frame), Gen.Const(OtherFrame), Gen.Const(LowRateFrame)).Array[0, 12], Gen.Int[1, 1_500].Array[1, 20]).Sample(
        (pieces, cuts) =>
        {
            byte[] stream = [.. pieces.SelectMany(piece => piece)];
            var (whole, cut) = (Counted(stream, [int.MaxValue]), Counted(stream, cuts));
            Assert.Equal((whole.Frames, whole.DurationMs, whole.First, whole.WholeBytes), (cut.Frames, cut.DurationMs, cut.First, cut.WholeBytes));
            // So many bytes hold as many frames, and end with one.
            var kept = Counted(stream.AsSpan(0, (int)whole.WholeBytes), [int.MaxValue]);
            Assert.InRange(kept.WholeBytes, 0, whole.WholeBytes);
        },
        iter: 2_000, threads: 1);

    [Fact]
    public void LowRate_HasHalfTheSamplesAFrame()
    {
        var counter = Counted([.. Enumerable.Repeat(LowRateFrame, 50).SelectMany(frame => frame)], [33]);
        Assert.Equal((50, 576), (counter.Frames, counter.First.Samples));
        Assert.Equal(50 * 576 * 1000L / counter.First.SampleRate, counter.DurationMs);
    }

    private static Mp3FrameCounter Counted(ReadOnlySpan<byte> stream, int[] cuts)
    {
        var counter = new Mp3FrameCounter();
        for (var step = 0; stream.Length > 0; step++)
        {
            var count = Math.Min(stream.Length, cuts[step % cuts.Length]);
            counter.Add(stream[..count]);
            stream = stream[count..];
        }

        return counter;
    }
}
