using System.Runtime.CompilerServices;
using MusicRender.Engine.Audio;
using MusicRender.Engine.Generators.Sketch.Arranging;
using MusicRender.Engine.Generators.Sketch.Reading;
using MusicRender.Engine.Generators.Sketch.Synthesis;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Generators.Sketch;

/// <summary>
/// Takes Sketch's own tracks apart: plays plan and seed once more and keeps the layers apart. They add up to the track,
/// frame by frame. That holds only for tracks of the present <see cref="SketchGenerator.Version"/>.
/// </summary>
public sealed class SketchStemMaker : IStemMaker
{
    /// <inheritdoc/>
    public string Generator => SketchGenerator.GeneratorName;

    /// <inheritdoc/>
    public bool IsReady => true;

    /// <inheritdoc/>
    public bool IsLocal => true;

    /// <summary>
    /// Renders the layers, which take turns step by step. Layers that are silent throughout are left out. Computes on the
    /// caller's thread.
    /// </summary>
    public async IAsyncEnumerable<StemOutput> SeparateAsync(StemRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ct.ThrowIfCancellationRequested();
        if (request.GeneratorVersion != SketchGenerator.Version)
        {
            yield return new StemOutput.Failed(RenderFailure.Server(
                "This track was made by an older Sketch, which played it another way. Render it again to get stems.", "generator_changed"));
            yield break;
        }

        var song = StyleReader.Read(PlanConversion.ToSections(request.Composition), request.Seed);
        var score = Arranger.Arrange(song, request.Seed);
        var stems = StemGroups.Of(request.Set, score);
        var renderer = new SongRenderer(score, [.. stems.Select(stem => stem.Parts)]);
        var told = 0L;
        for (int frames; (frames = renderer.Render()) > 0;)
        {
            ct.ThrowIfCancellationRequested();
            for (var stem = 0; stem < stems.Count; stem++)
            {
                yield return new StemOutput.Begin(stems[stem].Name);
                yield return new StemOutput.Pcm(renderer.Step(stem, frames));
            }

            if (renderer.Frame - told >= PcmFormat.SampleRate || renderer.Frame == score.Frames)
            {
                told = renderer.Frame;
                var (done, total) = (PcmFormat.MillisecondsOf(renderer.Frame), PcmFormat.MillisecondsOf(score.Frames));
                yield return new StemOutput.Progress(done, total, $"{done / 1000} s of {total / 1000} s, {stems.Count} stems");
            }
        }

        // The signature is asynchronous for makers that wait for others; this one only computes.
        await Task.CompletedTask;
    }
}
