using System.Net;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using MusicRender.Web.Access;
using Xunit;

namespace MusicRender.Web.Tests.Access;

/// <summary>The buckets behind every limit.</summary>
public sealed class AddressBucketsTests
{
    private static readonly IPAddress Somebody = IPAddress.Parse("203.0.113.7");

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Bucket_Full_GivesItsMinuteAtOnceAndThenAsItFlowsBack()
    {
        var buckets = new AddressBuckets(6, _time);
        for (var take = 0; take < 6; take++)
        {
            Assert.True(buckets.TryTake(Somebody, out _));
        }

        Assert.False(buckets.HasRoom(Somebody, out _));
        Assert.False(buckets.TryTake(Somebody, out var wait));
        Assert.Equal(TimeSpan.FromSeconds(10), wait);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(buckets.TryTake(Somebody, out wait));
        Assert.Equal(TimeSpan.FromSeconds(6), wait);
        _time.Advance(wait);
        Assert.True(buckets.HasRoom(Somebody, out wait));
        Assert.Equal(TimeSpan.Zero, wait);
        Assert.True(buckets.TryTake(Somebody, out _));
        Assert.False(buckets.TryTake(Somebody, out _));
        _time.Advance(TimeSpan.FromMinutes(1));
        for (var take = 0; take < 6; take++)
        {
            Assert.True(buckets.TryTake(Somebody, out _));
        }

        Assert.False(buckets.TryTake(Somebody, out _));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::1", "127.0.0.1", false)]
    public void Addresses_OfOneMachine_ShareABucket(string one, string other, bool isShared)
    {
        var buckets = new AddressBuckets(1, _time);
        Assert.True(buckets.TryTake(IPAddress.Parse(one), out _));

        Assert.Equal(!isShared, buckets.TryTake(IPAddress.Parse(other), out _));
    }

    [Fact]
    public void Addresses_WithoutEnd_AreNotAllRemembered()
    {
        var buckets = new AddressBuckets(1, _time);
        for (var number = 0; number < AddressBuckets.MaxAddresses + 1_000; number++)
        {
            buckets.TryTake(new IPAddress(0x0A00_0000L + number), out _);
        }

        Assert.InRange(buckets.Count, 1, AddressBuckets.MaxAddresses + 1);
        // Those that came last share a bucket: a flood from everywhere does not open the door for more of it.
        Assert.False(buckets.TryTake(IPAddress.Parse("192.0.2.1"), out _));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(buckets.TryTake(IPAddress.Parse("192.0.2.1"), out _));
        Assert.InRange(buckets.Count, 1, 10);
    }

    /// <summary>However the requests come, no minute has more than twice the number: what was saved up and what flowed back.</summary>
    [Fact]
    public void Takes_InAnyMinute_KeepToTheLimit() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 20_000].Array[1, 300]).Sample((perMinute, pauses) =>
        {
            var time = new FakeTimeProvider();
            var buckets = new AddressBuckets(perMinute, time);
            var taken = new List<DateTimeOffset>();
            foreach (var pause in pauses)
            {
                time.Advance(TimeSpan.FromMilliseconds(pause));
                if (buckets.TryTake(Somebody, out _))
                {
                    taken.Add(time.GetUtcNow());
                }
            }

            Assert.All(taken, from => Assert.InRange(taken.Count(at => at >= from && at < from.AddMinutes(1)), 1, perMinute * 2));
        });
}
