using System.Text.Json;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Plan;
using Xunit;

namespace MusicRender.Engine.Tests.Generators.ElevenLabs.Contract;

/// <summary>What a generator gave.</summary>
internal sealed class GeneratedSong
{
    private readonly SortedDictionary<int, byte[]> _parts = [];
    private readonly List<byte> _current = [];

    /// <summary>Everything but the audio, in the order it came.</summary>
    public List<GeneratorOutput> Outputs { get; } = [];

    public IEnumerable<string> Messages => Outputs.OfType<GeneratorOutput.Progress>().Select(progress => progress.Message);

    /// <summary>The audio in playing order; a part that did not end comes last.</summary>
    public byte[] Audio => [.. _parts.Values.SelectMany(part => part), .. _current];

    /// <summary>Places of the parts as they came.</summary>
    public List<int> Places { get; } = [];

    public RenderFailure? Failure => Outputs.OfType<GeneratorOutput.Failed>().SingleOrDefault()?.Failure;

    public string? SongId => Last<GeneratorOutput.Upstream>()?.SongId;

    public Composition? Followed => Last<GeneratorOutput.Upstream>()?.Plan;

    public SongMetadata? Metadata => Last<GeneratorOutput.Metadata>()?.Song;

    public IReadOnlyList<WordTiming> Words => Last<GeneratorOutput.Words>()?.Timings ?? [];

    public T? Last<T>()
        where T : GeneratorOutput => Outputs.OfType<T>().LastOrDefault();

    public void Add(GeneratorOutput output)
    {
        switch (output)
        {
            case GeneratorOutput.Encoded encoded:
                _current.AddRange(encoded.Bytes.Span);
                break;
            case GeneratorOutput.Part part:
                Places.Add(part.Index);
                _parts.Add(part.Index, [.. _current]);
                _current.Clear();
                break;
            default:
                Assert.Null(Failure);
                Outputs.Add(output);
                break;
        }
    }

    /// <summary>It failed for this reason; gives the failure's details.</summary>
    public JsonElement FailedBecause(string reason, string action, FailureCode code = FailureCode.ServerError)
    {
        Assert.NotNull(Failure);
        Assert.Equal((reason, code), (Failure.Reason, Failure.Code));
        Assert.Equal(action, Failure.Details!.Value.GetProperty("action").GetString());
        return Failure.Details.Value;
    }

    public void Succeeded() => Assert.True(Failure is null, Failure?.Message);
}
