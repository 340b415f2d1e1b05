namespace ElevenLabs.Simulator.Audio;

/// <summary>Music of a plan, cut into the parts in which the upstream sends it. All parts put together are one MP3.</summary>
internal sealed class Song
{
    /// <summary>How much shorter the first part is than planned, and how much longer the last, ms.</summary>
    private const int Shift = 2_000;

    private Song(Mp3Format format, byte[] audio, IReadOnlyList<SongPart> parts) => (Format, Audio, Parts) = (format, audio, parts);

    public Mp3Format Format { get; }

    public ReadOnlyMemory<byte> Audio { get; }

    public IReadOnlyList<SongPart> Parts { get; }

    public int DurationMs => Parts.Sum(part => part.DurationMs);

    /// <summary>Puts a song together: one chord for each planned part.</summary>
    public static Song Make(BeatBank bank, IReadOnlyList<int> durationsMs)
    {
        var format = bank.Format;
        var ends = new int[durationsMs.Count];
        var total = 0L;
        for (var part = 0; part < ends.Length; part++)
        {
            total += durationsMs[part];
            ends[part] = format.FramesOf(total);
        }

        var audio = new MemoryStream();
        var extremes = new float[ends[^1]];
        var offsets = new int[ends[^1] + 1];
        var playing = 0;
        for (var frame = 0; frame < extremes.Length; frame++)
        {
            // A chord changes with a beat, never within one.
            var beat = frame - (frame % bank.FramesOfABeat);
            while (beat >= ends[playing])
            {
                playing++;
            }

            var (bytes, extreme) = bank.At(frame, playing);
            offsets[frame] = (int)audio.Position;
            extremes[frame] = extreme;
            audio.Write(bytes.Span);
        }

        offsets[^1] = (int)audio.Position;
        var whole = audio.ToArray();
        return new Song(format, whole, [.. Cut()]);

        IEnumerable<SongPart> Cut()
        {
            var start = 0;
            for (var part = 0; part < ends.Length; part++)
            {
                var end = part == ends.Length - 1 ? ends[part] : Math.Max(start + 1, ends[part] - format.FramesOf(Shift));
                yield return new SongPart(
                    whole.AsMemory(offsets[start]..offsets[end]),
                    format.MillisecondsOf(start),
                    format.MillisecondsOf(end) - format.MillisecondsOf(start),
                    WaveformOf(extremes.AsSpan(start..end), format));
                start = end;
            }
        }
    }

    /// <summary>Four values a second, −1000 to 1000.</summary>
    private static int[] WaveformOf(ReadOnlySpan<float> extremes, Mp3Format format)
    {
        var framesOfAValue = format.SampleRate / (4.0 * format.FrameSamples);
        var values = new int[(int)Math.Ceiling(extremes.Length / framesOfAValue)];
        for (var value = 0; value < values.Length; value++)
        {
            // Rounding may give one value more than there are frames for.
            var from = Math.Min((int)(value * framesOfAValue), extremes.Length - 1);
            var to = Math.Clamp((int)((value + 1) * framesOfAValue), from + 1, extremes.Length);
            var loudest = 0f;
            foreach (var extreme in extremes[from..to])
            {
                loudest = Math.Abs(extreme) > Math.Abs(loudest) ? extreme : loudest;
            }

            values[value] = (int)Math.Clamp(Math.Round(loudest * 1_000), -1_000, 1_000);
        }

        return values;
    }
}

/// <summary>One part of a song: one event of the stream.</summary>
/// <param name="Audio">MP3, whole frames.</param>
/// <param name="StartMs">Where it begins in the song.</param>
/// <param name="DurationMs">How long it plays.</param>
/// <param name="Waveform">Four values a second, −1000 to 1000.</param>
internal sealed record SongPart(ReadOnlyMemory<byte> Audio, int StartMs, int DurationMs, int[] Waveform)
{
    private readonly Lazy<byte[]> _base64 = new(() => Encode(Audio.Span));

    /// <summary>The audio as base64, made once.</summary>
    public ReadOnlyMemory<byte> Base64 => _base64.Value;

    private static byte[] Encode(ReadOnlySpan<byte> audio)
    {
        var text = new byte[System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(audio.Length)];
        System.Buffers.Text.Base64.EncodeToUtf8(audio, text, out _, out _);
        return text;
    }
}
