using MusicRender.Engine.Generators;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>What is known of a take beside its sound. Of a paid one it lies beside the audio, so that a killed process loses none of it.</summary>
internal sealed record TakeNotes
{
    /// <summary>What the generator was asked for.</summary>
    public required Composition Composition { get; init; }

    /// <summary>What was known of the song before: from the request, or from the writer of the plan.</summary>
    public SongMetadata? Known { get; init; }

    /// <summary>What the generator says of the song.</summary>
    public SongMetadata? Made { get; init; }

    /// <summary>When the words are sung.</summary>
    public IReadOnlyList<WordTiming>? Words { get; init; }

    /// <summary>What the upstream calls the song.</summary>
    public string? SongId { get; init; }

    /// <summary>The plan that the upstream says it followed.</summary>
    public Composition? UpstreamPlan { get; init; }

    /// <summary>The parts that are complete, as they came.</summary>
    public IReadOnlyList<TakePart> Parts { get; init; } = [];

    /// <summary>True when the audio lies in a file of its own with its parts in order.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>The notes of a take of which nothing is known but what was asked for.</summary>
    public static TakeNotes Of(RenderRequest request) => new() { Composition = request.Composition, Known = request.Song };

    /// <summary>Takes up what the generator says; anything but sound changes the notes.</summary>
    public TakeNotes With(GeneratorOutput output) => output switch
    {
        GeneratorOutput.Metadata metadata => this with { Made = metadata.Song },
        GeneratorOutput.Words words => this with { Words = words.Timings },
        GeneratorOutput.Upstream upstream => this with { SongId = upstream.SongId ?? SongId, UpstreamPlan = upstream.Plan ?? UpstreamPlan },
        _ => this,
    };

    /// <summary>The pieces of so many bytes of audio in the order they are played; empty when they came like that. What belongs to no complete part comes last.</summary>
    public IReadOnlyList<(long From, long To)> PiecesInOrder(long length)
    {
        if (Parts.Zip(Parts.Skip(1)).All(pair => pair.First.Index <= pair.Second.Index))
        {
            return [];
        }

        // The disk may have less than was noted.
        var pieces = Parts.Select((part, at) => (part.Index, From: at == 0 ? 0 : Parts[at - 1].End, To: Math.Min(part.End, length))).OrderBy(part => part.Index).Select(part => (part.From, part.To));
        return [.. pieces.Append((From: Parts[^1].End, To: length)).Where(piece => piece.From < piece.To)];
    }
}

/// <summary>A part of a take's audio that came as a whole.</summary>
/// <param name="Index">Where in the song it belongs: 0, 1, 2, ….</param>
/// <param name="End">Bytes of audio up to its end, in the order of arrival; it begins where the one before it ends.</param>
internal readonly record struct TakePart(int Index, long End);
