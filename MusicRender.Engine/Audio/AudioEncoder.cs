using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace MusicRender.Engine.Audio;

/// <summary>The encoder is not there, or died. The message is for people.</summary>
public sealed class EncodingException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Starts encoders: ffmpeg, one process a render, PCM in on its standard input, MP3 out on its standard output.</summary>
public sealed class AudioEncoder(IOptions<FfmpegOptions> options)
{
    /// <summary>Starts one.</summary>
    /// <exception cref="EncodingException">ffmpeg is not there.</exception>
    public Encoding Start(AudioFormat format)
    {
        var start = new ProcessStartInfo(options.Value.Path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] arguments =
        [
            "-hide_banner", "-loglevel", "error", "-nostats",
            "-f", "f32le", "-ar", $"{PcmFormat.SampleRate}", "-ac", $"{PcmFormat.Channels}", "-probesize", "32", "-i", "pipe:0",
            "-threads", "1", "-c:a", "libmp3lame", "-b:a", $"{format.Kilobits}k", "-ar", $"{format.SampleRate}",
            "-map_metadata", "-1", "-write_xing", "0", "-id3v2_version", "0", "-flush_packets", "1", "-f", "mp3", "pipe:1",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return new Encoding(Process.Start(start)!);
        }
        catch (Win32Exception exception)
        {
            throw new EncodingException("ffmpeg, which encodes the audio, could not be started. Install it, or name its path in MusicRender:Ffmpeg:Path.", exception);
        }
    }

    /// <summary>Null when an encoder can be started; else what is wrong, for people.</summary>
    public async Task<string?> CheckAsync(CancellationToken ct)
    {
        try
        {
            await using var encoding = Start(AudioFormat.Mp3);
            await encoding.WriteAsync(new float[PcmFormat.Channels * 64], ct);
            encoding.Complete();
            var buffer = new byte[4096];
            var bytes = 0;
            for (int read; (read = await encoding.ReadAsync(buffer, ct)) > 0;)
            {
                bytes += read;
            }

            return bytes > 0 ? null : "ffmpeg starts, but does not encode MP3 (libmp3lame).";
        }
        catch (EncodingException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>One running encoder. Write and read at the same time: an encoder that nobody reads from stands still.</summary>
    public sealed class Encoding : IAsyncDisposable
    {
        private const int ComplaintLength = 2_000;

        // Blocks that may wait for the encoder: whoever makes the sound goes on meanwhile.
        private const int QueueLength = 12;

        private readonly Process _process;
        private readonly Stream _input;
        private readonly Stream _output;
        private readonly Task<string> _complaints;
        private readonly Channel<ArraySegment<byte>> _queue = Channel.CreateBounded<ArraySegment<byte>>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
        private readonly Task _feeding;

        internal Encoding(Process process)
        {
            _process = process;
            _input = process.StandardInput.BaseStream;
            _output = process.StandardOutput.BaseStream;
            _complaints = ReadComplaintsAsync(process.StandardError);
            _feeding = FeedAsync();
        }

        /// <summary>Its process, for tests that end it.</summary>
        internal int ProcessId => _process.Id;

        /// <summary>False when it has ended, well or not.</summary>
        internal bool IsRunning => !_process.HasExited;

        /// <summary>Encodes the next block: interleaved stereo, which is copied. Waits while more than some blocks are before it.</summary>
        /// <exception cref="EncodingException">The encoder died.</exception>
        public async ValueTask WriteAsync(ReadOnlyMemory<float> samples, CancellationToken ct)
        {
            var length = samples.Length * sizeof(float);
            var bytes = ArrayPool<byte>.Shared.Rent(length);
            MemoryMarshal.AsBytes(samples.Span).CopyTo(bytes);
            try
            {
                await _queue.Writer.WriteAsync(new ArraySegment<byte>(bytes, 0, length), ct);
            }
            catch (ChannelClosedException exception)
            {
                throw await DiedAsync(exception.InnerException);
            }
        }

        /// <summary>Says that there is no more sound; what is left comes out of <see cref="ReadAsync"/>.</summary>
        public void Complete() => _queue.Writer.TryComplete();

        /// <summary>Reads encoded bytes; 0 when the encoder has ended well.</summary>
        /// <exception cref="EncodingException">The encoder died.</exception>
        public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken ct)
        {
            var read = await _output.ReadAsync(buffer, ct);
            if (read == 0)
            {
                await _process.WaitForExitAsync(ct);
                if (_process.ExitCode != 0)
                {
                    throw await DiedAsync(null);
                }
            }

            return read;
        }

        /// <summary>Ends the process, if it still runs, and waits for nothing.</summary>
        public void Kill()
        {
            try
            {
                if (!_process.HasExited)
                {
                    _process.Kill();
                }
            }
            catch (InvalidOperationException)
            {
                // Gone in between.
            }
        }

        /// <summary>Ends the process, if it still runs, and waits until it is gone.</summary>
        public async ValueTask DisposeAsync()
        {
            Kill();
            _queue.Writer.TryComplete();
            await _process.WaitForExitAsync(CancellationToken.None);
            await _complaints;
            await _feeding;
            _process.Dispose();
        }

        /// <summary>Hands the blocks to the encoder, one after the other, and closes its input after the last.</summary>
        private async Task FeedAsync()
        {
            try
            {
                await foreach (var block in _queue.Reader.ReadAllAsync())
                {
                    await _input.WriteAsync(block);
                    ArrayPool<byte>.Shared.Return(block.Array!);
                }

                _input.Close();
            }
            catch (IOException exception)
            {
                // It died: who writes next is told, and so is who reads.
                _queue.Writer.TryComplete(exception);
            }
        }

        private async Task<EncodingException> DiedAsync(Exception? inner)
        {
            var complaint = (await _complaints).Trim();
            return new EncodingException(complaint.Length == 0 ? "The audio encoder (ffmpeg) stopped unexpectedly." : $"The audio encoder (ffmpeg) stopped: {complaint}", inner);
        }

        private static async Task<string> ReadComplaintsAsync(StreamReader error)
        {
            var complaint = new StringBuilder();
            var buffer = new char[512];
            for (int read; (read = await error.ReadAsync(buffer)) > 0;)
            {
                complaint.Append(buffer.AsSpan(0, Math.Min(read, ComplaintLength - complaint.Length)));
            }

            return complaint.ToString();
        }
    }
}
