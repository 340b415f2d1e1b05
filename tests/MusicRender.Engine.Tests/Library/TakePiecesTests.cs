using Microsoft.Extensions.Time.Testing;
using MusicRender.Engine.Library;
using MusicRender.Tests;
using Xunit;

namespace MusicRender.Engine.Tests.Library;

/// <summary>Paid takes that survive the machine they are made on, through a bucket.</summary>
public sealed class TakePiecesTests(S3Server server) : IClassFixture<S3Server>, IDisposable
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    private readonly TestFolder _here = new();
    private readonly TestFolder _there = new();
    private readonly FakeTimeProvider _time = new();
    private readonly string _prefix = $"{Guid.NewGuid():N}/";

    public void Dispose()
    {
        _here.Dispose();
        _there.Dispose();
    }

    [Fact]
    public async Task WhatArrived_IsThereAfterAFewSeconds_AndOnAnotherMachineAsItWas()
    {
        var (store, other) = (Store(_here), Store(_there));
        await store.Pieces.BeginAsync(Id, CancellationToken.None);
        Assert.True(await other.Pieces.HasAsync(Id, CancellationToken.None));
        await using var audio = store.Create(Id, room: 100, isPaid: true);
        await using var follower = store.Pieces.Follow(audio, Id);
        await audio.WriteAsync(new byte[] { 1, 2, 3 }, CancellationToken.None);
        store.Partials.AddNotes(Id, "first"u8);
        await PassAsync(2);
        var large = new byte[5_000_000];
        Random.Shared.NextBytes(large);
        await audio.WriteAsync(large, CancellationToken.None);
        store.Partials.AddNotes(Id, "second"u8);
        await PassAsync(4);

        // This machine is gone now.
        Assert.Equal([Id], await other.Pieces.AllAsync(CancellationToken.None));
        await using var left = await other.TryOpenLeftAsync(Id, CancellationToken.None);
        var heard = new byte[left!.Length];
        await left.ReadExactlyAsync(heard);
        Assert.Equal([1, 2, 3, .. large], heard);
        Assert.Equal(["", "first", "second"], other.Partials.ReadNotes(Id)!.Select(line => System.Text.Encoding.UTF8.GetString(line.Span)));

        await other.Pieces.RemoveAsync(Id, CancellationToken.None);
        Assert.False(await store.Pieces.HasAsync(Id, CancellationToken.None));
        Assert.False(other.Partials.Has(Id));
    }

    [Fact]
    public async Task Take_ThatBrokeOff_IsThereWhole_WhenItIsFinished()
    {
        var (store, other) = (Store(_here), Store(_there));
        await store.Pieces.BeginAsync(Id, CancellationToken.None);
        await using (var audio = store.Create(Id, isPaid: true))
        {
            await audio.WriteAsync(new byte[] { 1, 2, 3 }, CancellationToken.None);
            await store.Pieces.Follow(audio, Id)!.FinishAsync();
        }

        await using var left = await other.TryOpenLeftAsync(Id, CancellationToken.None);
        Assert.Equal(3, left!.Length);
    }

    [Fact]
    public async Task Take_WhosePartsWerePutInOrder_IsFetchedInOrder()
    {
        var (store, other) = (Store(_here), Store(_there));
        await store.Pieces.BeginAsync(Id, CancellationToken.None);
        await using var audio = store.Create(Id, room: 20, isPaid: true);
        await audio.WriteAsync(new byte[] { 3, 4, 1, 2 }, CancellationToken.None);
        await store.Pieces.Follow(audio, Id)!.FinishAsync();
        await store.Partials.PutInOrderAsync(audio, Id, [(2, 4), (0, 2)], CancellationToken.None);
        store.Partials.AddNotes(Id, "in order"u8);
        await store.Pieces.PutOrderedAsync(Id, CancellationToken.None);

        await other.Pieces.FetchAsync(Id, CancellationToken.None);
        Assert.Equal([1, 2, 3, 4], (await File.ReadAllBytesAsync(other.Partials.AudioOf(Id, isOrdered: true)))[20..]);
        Assert.NotNull(other.Partials.ReadNotes(Id));
    }

    [Fact]
    public async Task Take_ThatWasOnlyAskedFor_IsKnown_AndEmpty()
    {
        var (store, other) = (Store(_here), Store(_there));
        await store.Pieces.BeginAsync(Id, CancellationToken.None);
        Assert.True(await other.Pieces.HasAsync(Id, CancellationToken.None));
        await using var left = await other.TryOpenLeftAsync(Id, CancellationToken.None);
        Assert.Equal(0, left!.Length);
    }

    [Fact]
    public async Task WithoutABucket_TheFolderIsWhatSurvives()
    {
        var store = Stores.Folder(_here.Path);
        Assert.False(await store.Pieces.HasAsync(Id, CancellationToken.None));
        await store.Pieces.BeginAsync(Id, CancellationToken.None);
        await using (var audio = store.Create(Id, isPaid: true))
        {
            Assert.Null(store.Pieces.Follow(audio, Id));
            Assert.True(await store.Pieces.HasAsync(Id, CancellationToken.None));
            Assert.Equal([Id], await store.Pieces.AllAsync(CancellationToken.None));
        }
    }

    private AudioStore Store(TestFolder folder) => Stores.Of(folder.Path, server.Bucket(_prefix, folder.Path), _time);

    /// <summary>Lets time pass until so many files are there.</summary>
    private Task PassAsync(int files) => Until.TrueAsync(
        async () =>
        {
            _time.Advance(TakePieces.Interval);
            return await server.Bucket(_prefix, _there.Path).ListAsync("partial", CancellationToken.None).CountAsync() >= files + 1;
        },
        "the pieces are there");
}
