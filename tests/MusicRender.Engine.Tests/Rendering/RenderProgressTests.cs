using CsCheck;
using Microsoft.Extensions.Time.Testing;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Rendering;
using Xunit;

namespace MusicRender.Engine.Tests.Rendering;

public sealed class RenderProgressTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RenderLog _log = new();

    [Fact]
    public void Generated_AnyReports_NeverGoBackAndComeAtMostTenTimesASecond() =>
        Gen.Select(Gen.Long[-1_000, 200_000], Gen.Long[0, 100_000], Gen.Int[0, 250]).Array[0, 200].Sample(
            reports =>
            {
                var time = new FakeTimeProvider();
                var log = new RenderLog();
                var progress = Begun(log, time);
                foreach (var (done, total, pause) in reports)
                {
                    progress.Generated(new GeneratorOutput.Progress(done, total, "step"));
                    time.Advance(TimeSpan.FromMilliseconds(pause));
                }

                progress.Processing(new ScriptedGenerator());
                var events = log.Snapshot().Cast<ProgressEvent>().ToList();
                Assert.True(events.Zip(events.Skip(1)).All(pair => pair.First.Percent <= pair.Second.Percent), "The percentage went back.");
                var generating = events.Where(entry => entry.Stage == RenderStage.Generating).ToList();
                Assert.All(generating, entry => Assert.InRange(entry.Percent, 15, 69));
                Assert.True(generating.Zip(generating.Skip(1)).All(pair => pair.Second.Timestamp - pair.First.Timestamp >= TimeSpan.FromMilliseconds(100)), "Two came too soon after one another.");
            },
            iter: 500, threads: 1);

    [Theory]
    [InlineData(0, 15)]
    [InlineData(25_000, 28)]
    [InlineData(50_000, 42)]
    [InlineData(99_999, 69)]
    [InlineData(100_000, 69)]
    [InlineData(999_999, 69)]
    public void Generated_OfAKnownShare_IsThatShareOfItsStage(long done, int percent)
    {
        var progress = Begun(_log, _time);
        _time.Advance(TimeSpan.FromSeconds(1));
        progress.Generated(new GeneratorOutput.Progress(done, 100_000, "step"));
        Assert.Equal((percent, "step"), (_log.LastProgress!.Percent, _log.LastProgress.Message));
    }

    [Fact]
    public void Generated_OfAnUnknownShare_KeepsThePercentAndChangesTheMessage()
    {
        var progress = Begun(_log, _time);
        _time.Advance(TimeSpan.FromSeconds(1));
        progress.Generated(new GeneratorOutput.Progress(50, 100, "half"));
        var half = _log.LastProgress!.Percent;
        _time.Advance(TimeSpan.FromSeconds(1));
        progress.Generated(new GeneratorOutput.Progress(90, 0, "who knows"));
        Assert.Equal((half, "who knows"), (_log.LastProgress!.Percent, _log.LastProgress.Message));
    }

    [Fact]
    public void Generated_WithinTheSameTenth_IsLeftOut()
    {
        var progress = Begun(_log, _time);
        _time.Advance(TimeSpan.FromMilliseconds(99));
        progress.Generated(new GeneratorOutput.Progress(1, 2, "too soon"));
        Assert.Equal(15, _log.LastProgress!.Percent);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        progress.Generated(new GeneratorOutput.Progress(1, 2, "now"));
        Assert.Equal("now", _log.LastProgress!.Message);
    }

    [Fact]
    public async Task Message_HeldBackBeforeAWait_IsShownAsSoonAsThereIsTime()
    {
        var progress = Begun(_log, _time);
        progress.Generated(new GeneratorOutput.Progress(0, 0, "Trying again in 5 s"));
        progress.Generated(new GeneratorOutput.Progress(0, 0, "Trying again in 4 s"));
        Assert.True(progress.HasMore);
        var wait = new TaskCompletionSource();
        var shown = progress.ShowMoreAsync(wait.Task);
        _time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.False(shown.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await shown.WaitAsync(Until.Limit);
        Assert.Equal((15, "Trying again in 4 s"), (_log.LastProgress!.Percent, _log.LastProgress.Message));
        Assert.False(progress.HasMore);
    }

    [Fact]
    public async Task Message_HeldBack_GivesWayToWhatComesFirst()
    {
        var progress = Begun(_log, _time);
        progress.Generated(new GeneratorOutput.Progress(0, 0, "old"));
        var wait = new TaskCompletionSource();
        var shown = progress.ShowMoreAsync(wait.Task);
        wait.SetResult();
        await shown.WaitAsync(Until.Limit);
        Assert.DoesNotContain(_log.Snapshot().Cast<ProgressEvent>(), entry => entry.Message == "old");
        // It is not forgotten as long as nothing newer came.
        Assert.True(progress.HasMore);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        await progress.ShowMoreAsync(new TaskCompletionSource().Task);
        Assert.Equal("old", _log.LastProgress!.Message);
    }

    [Fact]
    public void Playable_IsToldOnceAndStaysTrue()
    {
        var progress = Begun(_log, _time);
        progress.Playable();
        progress.Playable();
        progress.Processing(new ScriptedGenerator());
        Assert.Equal([false, false, false, true, true], _log.Snapshot().Cast<ProgressEvent>().Select(entry => entry.IsPlayable));
    }

    [Fact]
    public void Queued_SaysThePlaceInLine()
    {
        var progress = new RenderProgress(Journals.Of(_log, _time), Watch(), _time);
        progress.Queued(new QueuePlace(12, 95));
        Assert.Equal((RenderStage.Queued, 10, 12, 95), (_log.LastProgress!.Stage, _log.LastProgress.Percent, _log.LastProgress.QueuePosition!.Value, _log.LastProgress.EtaSeconds!.Value));
        Assert.Contains("12", _log.LastProgress.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ThatTakesALogUp_TellsNothingTwiceAndNeverGoesBack() => Gen.Int[0, 12].Sample(
        told =>
        {
            var first = new RenderLog();
            Run(Begun(first, _time));
            var log = new RenderLog(first.Snapshot().Take(2 + told));
            var before = log.Snapshot();
            var again = new RenderProgress(Journals.Of(log, _time), Watch(), _time);
            again.Generating(new ScriptedGenerator());
            Run(again);
            var events = log.Snapshot().Cast<ProgressEvent>().ToList();
            Assert.Equal(before, events.Take(before.Count));
            Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long)number), events.Select(entry => entry.Sequence));
            Assert.True(events.Zip(events.Skip(1)).All(pair => pair.First.Percent <= pair.Second.Percent && pair.First.Stage <= pair.Second.Stage));
            Assert.Equal(Enum.GetValues<RenderStage>().Except([RenderStage.Queued, RenderStage.Complete]), events.Select(entry => entry.Stage).Distinct());
            Assert.All(events.GroupBy(entry => entry.Stage).Where(stage => stage.Key != RenderStage.Generating), stage => Assert.Single(stage));

            void Run(RenderProgress progress)
            {
                for (var part = 0; part < 5; part++)
                {
                    _time.Advance(TimeSpan.FromSeconds(1));
                    progress.Generated(new GeneratorOutput.Progress(part, 5, $"part {part}"));
                    progress.Playable();
                }

                progress.Processing(new ScriptedGenerator());
                progress.Saving();
                progress.Extracting();
            }
        },
        iter: 50, threads: 1);

    [Fact]
    public void Run_ThatTakesAWaitingRenderUp_WaitsOnInItsStage()
    {
        var log = new RenderLog(RenderProgress.Accepted(_time.GetUtcNow()));
        new RenderProgress(Journals.Of(log, _time), Watch(), _time).Queued(new QueuePlace(3, null));
        var again = new RenderProgress(Journals.Of(log, _time), Watch(), _time);
        again.Queued(new QueuePlace(2, null));
        again.Generating(new ScriptedGenerator());
        Assert.Equal(
            [(RenderStage.Queued, 3), (RenderStage.Queued, 2), (RenderStage.Generating, null)],
            log.Snapshot().Cast<ProgressEvent>().Skip(2).Select(entry => (entry.Stage, entry.QueuePosition)));
        Assert.StartsWith("Starting", log.LastProgress!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Generating_TimeLeft_IsThatOfTheLastRendersThenItsOwn()
    {
        var progress = new RenderProgress(Journals.Of(_log, _time), Watch(), _time);
        progress.Generating(new ScriptedGenerator(), TimeSpan.FromSeconds(40));
        Assert.Equal(40, _log.LastProgress!.EtaSeconds);
        _time.Advance(TimeSpan.FromSeconds(1));
        progress.Generated(new GeneratorOutput.Progress(1_000, 100_000, "a hundredth"));
        Assert.Equal(39, _log.LastProgress.EtaSeconds);

        // A tenth of it took two seconds, so that it will take twenty.
        _time.Advance(TimeSpan.FromSeconds(1));
        progress.Generated(new GeneratorOutput.Progress(10_000, 100_000, "a tenth"));
        Assert.Equal(18, _log.LastProgress.EtaSeconds);
        Assert.Equal(15, _log.LastProgress.EtaAt(_time.GetUtcNow() + TimeSpan.FromSeconds(3)));

        // What has taken longer than it should is not known any more.
        Assert.Null(_log.LastProgress.EtaAt(_time.GetUtcNow() + TimeSpan.FromSeconds(18)));
    }

    [Fact]
    public void Generating_WithoutMeasuredRenders_InventsNoTime()
    {
        var progress = Begun(_log, _time);
        progress.Generated(new GeneratorOutput.Progress(0, 0, "nobody knows"));
        Assert.All(_log.Snapshot().Cast<ProgressEvent>(), entry => Assert.Null(entry.EtaSeconds));
    }

    private static RenderTelemetry.Watch Watch() => Measured.Telemetry().Begin(new RenderId("0"), "scripted", TimeProvider.System);

    private static RenderProgress Begun(RenderLog log, FakeTimeProvider time)
    {
        log.Append([.. RenderProgress.Accepted(time.GetUtcNow())]);
        var progress = new RenderProgress(Journals.Of(log, time), Watch(), time);
        progress.Generating(new ScriptedGenerator());
        return progress;
    }
}
