using System.Text.Json;
using CsCheck;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using Xunit;

namespace MusicRender.Engine.Tests.Rendering;

/// <summary>What is told of a render is in the catalogue first.</summary>
public sealed class RenderJournalTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RenderLog _log = new();
    private readonly List<(IReadOnlyList<long> Sequences, DateTimeOffset? StartedAt)> _writes = [];
    private readonly Queue<TaskCompletionSource<bool>> _answers = [];

    [Fact]
    public void Event_IsShownOnlyWhenItIsEntered()
    {
        using var journal = Waiting();
        journal.Add(Progress(RenderStage.Queued, "one"));
        Assert.Empty(_log.Snapshot());
        Assert.Equal([1L], Assert.Single(_writes).Sequences);
        _answers.Dequeue().SetResult(true);
        Shows("one");
    }

    [Fact]
    public void Events_ThatComeMeanwhile_AreEnteredTogether()
    {
        using var journal = Waiting();
        journal.Add(Progress(RenderStage.Queued, "one"));
        journal.Add(Progress(RenderStage.Generating, "two"));
        journal.Add(Progress(RenderStage.Processing, "three"));
        _answers.Dequeue().SetResult(true);
        Shows("one");
        Assert.Equal([2L, 3L], _writes[1].Sequences);
        _answers.Dequeue().SetResult(true);
        Shows("one", "two", "three");
    }

    [Fact]
    public void FinerProgress_ThatWaits_GivesWayToTheNewestOfItsStage()
    {
        using var journal = Waiting();
        journal.Add(Progress(RenderStage.Queued, "first"));
        journal.Add(Progress(RenderStage.Queued, "2 in line"), isFiner: true);
        journal.Add(Progress(RenderStage.Queued, "1 in line"), isFiner: true);
        journal.Add(Progress(RenderStage.Generating, "begins"));
        journal.Add(Progress(RenderStage.Generating, "10 %"), isFiner: true);
        journal.Add(Progress(RenderStage.Generating, "playable"));
        journal.Add(Progress(RenderStage.Generating, "20 %"), isFiner: true);
        journal.Add(Progress(RenderStage.Generating, "30 %"), isFiner: true);
        journal.Add(Progress(RenderStage.Processing, "ends"));
        _answers.Dequeue().SetResult(true);
        Shows("first");
        _answers.Dequeue().SetResult(true);
        Shows("first", "1 in line", "begins", "10 %", "playable", "30 %", "ends");
    }

    [Fact]
    public async Task Catalogue_ThatIsAway_IsTriedAgainWithTheSameEventsAndNothingIsShown()
    {
        using var journal = Waiting();
        journal.Add(Progress(RenderStage.Queued, "one"));
        foreach (var pause in new[] { 200, 400, 800, 1_600, 3_200, 5_000, 5_000 })
        {
            var count = _writes.Count;
            _answers.Dequeue().SetException(new TimeoutException("away"));
            journal.Add(Progress(RenderStage.Queued, "finer"), isFiner: true);
            await AdvanceUntilAsync(pause, () => _writes.Count > count);
            Assert.Equal([1L], _writes[^1].Sequences);
            Assert.Empty(_log.Snapshot());
        }

        _answers.Dequeue().SetResult(true);
        Shows("one");
        _answers.Dequeue().SetResult(true);
        Shows("one", "finer");
    }

    [Fact]
    public async Task Begin_WaitsUntilTheCatalogueKnows()
    {
        using var journal = Waiting();
        journal.Add(Progress(RenderStage.Generating, "begins"));
        var began = journal.BeginAsync(_time.GetUtcNow(), CancellationToken.None);
        _answers.Dequeue().SetResult(true);
        Assert.False(began.IsCompleted);
        Assert.Empty(_writes[1].Sequences);
        Assert.Equal(_time.GetUtcNow(), _writes[1].StartedAt);
        _answers.Dequeue().SetResult(true);
        await began.WaitAsync(Until.Limit);
    }

    [Fact]
    public async Task Begin_OnADiskThatIsFull_IsToldAfterAFewTries()
    {
        using var journal = Waiting();
        var began = journal.BeginAsync(_time.GetUtcNow(), CancellationToken.None);
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            Assert.False(began.IsCompleted);
            var count = _writes.Count;
            _answers.Dequeue().SetException(new SqliteException("full", 13));
            await AdvanceUntilAsync(2_000, () => _writes.Count > count);
        }

        await Assert.ThrowsAsync<SqliteException>(() => began.WaitAsync(Until.Limit));
    }

    [Fact]
    public async Task Render_ThatSomebodyElseHas_IsToldAndNothingMoreIsEntered()
    {
        var isLost = false;
        using var journal = Waiting(() => isLost = true);
        journal.Add(Progress(RenderStage.Queued, "one"));
        var began = journal.BeginAsync(_time.GetUtcNow(), CancellationToken.None);
        _answers.Dequeue().SetResult(false);
        Assert.True(isLost);
        journal.Add(Progress(RenderStage.Queued, "two"));
        Assert.Empty(_log.Snapshot());
        Assert.Single(_writes);
        await journal.CloseAsync();
        Assert.False(began.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task End_HoldsEverythingThatWasNotEntered()
    {
        using var journal = Waiting();
        journal.Add(Progress(RenderStage.Generating, "entered"));
        _answers.Dequeue().SetResult(true);
        journal.Add(Progress(RenderStage.Processing, "fails"));
        _answers.Dequeue().SetException(new TimeoutException("away"));
        journal.Add(Progress(RenderStage.Saving, "waits"));
        await journal.CloseAsync();
        var (tail, document) = journal.End([new ErrorEvent { Sequence = 0, Timestamp = default, Failure = RenderFailure.Server("over", "over") }]);
        Assert.Equal([2L, 3L, 4L], tail.Select(entry => entry.Sequence));
        var whole = JsonSerializer.Deserialize(document, RenderingJson.Documents.IReadOnlyListRenderEvent)!;
        Assert.Equal([1L, 2L, 3L, 4L], whole.Select(entry => entry.Sequence));
        Assert.Equal(["entered", "fails", "waits"], whole.OfType<ProgressEvent>().Select(entry => entry.Message));
        _log.Append([.. tail]);
        Assert.Equal("over", Assert.IsType<ErrorEvent>(_log.Last).Failure.Message);
    }

    [Fact]
    public void Log_WhateverFails_HasNoGapsAndWhatTheCatalogueHas() => Gen.Select(Gen.Bool.Array[0, 40], Gen.Int[1, 30]).Sample(
        (answers, count) =>
        {
            var log = new RenderLog();
            var entered = new SortedDictionary<long, string>();
            var next = 0;
            var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero };
            using var journal = Journals.Of(log, time, (events, _) =>
            {
                foreach (var (sequence, document) in events)
                {
                    // Lost on its way back, or never arrived: whoever asked cannot know.
                    entered.TryAdd(sequence, document);
                }

                return next >= answers.Length || answers[next++] ? Task.FromResult(true) : Task.FromException<bool>(new TimeoutException());
            });
            for (var number = 0; number < count; number++)
            {
                journal.Add(Progress(RenderStage.Generating, $"{number}"), isFiner: number % 3 == 1);
                time.Advance(TimeSpan.FromSeconds(6));
            }

            for (var left = 0; left < answers.Length; left++)
            {
                time.Advance(TimeSpan.FromSeconds(6));
            }

            Assert.True(SpinWait.SpinUntil(() => log.Last is ProgressEvent { Message: var last } && last == $"{count - 1}" || Advanced(time), Until.Limit));
            Assert.Equal(entered.Values, log.Snapshot().Select(entry => RenderEventText.Of(entry).Document));
        },
        iter: 100, threads: 1);

    private static bool Advanced(FakeTimeProvider time)
    {
        time.Advance(TimeSpan.FromSeconds(6));
        return false;
    }

    private RenderJournal Waiting(Action? onLost = null) => Journals.Of(
        _log,
        _time,
        (events, startedAt) =>
        {
            _writes.Add(([.. events.Select(text => text.Sequence)], startedAt));
            var answer = new TaskCompletionSource<bool>();
            _answers.Enqueue(answer);
            return answer.Task;
        },
        onLost);

    private Task AdvanceUntilAsync(int milliseconds, Func<bool> condition)
    {
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        return Until.TrueAsync(condition, "the journal tries again");
    }

    private void Shows(params string[] messages) => Assert.Equal(messages, _log.Snapshot().Cast<ProgressEvent>().Select(entry => entry.Message));

    private static ProgressEvent Progress(RenderStage stage, string message) => new() { Sequence = 0, Timestamp = default, Stage = stage, Percent = 10, Message = message };
}
