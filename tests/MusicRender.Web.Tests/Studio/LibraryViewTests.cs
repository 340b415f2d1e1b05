using MusicRender.Web.Studio;
using MusicRender.Web.Tests.Fakes;
using Xunit;

namespace MusicRender.Web.Tests.Studio;

public sealed class LibraryViewTests
{
    private readonly FakeTrackLibrary _library = new();

    [Fact]
    public async Task Show_PagePastTheEnd_ShowsTheLast()
    {
        Fill(30);
        var view = new LibraryView(_library);

        await view.ShowAsync(null, 9, default);

        Assert.Equal(2, view.Page);
        Assert.Equal(2, view.Pages);
        Assert.Equal(6, view.Tracks!.Count);
    }

    [Fact]
    public async Task Show_AnswerOvertakenByALaterQuestion_IsDropped()
    {
        Fill(2);
        var slow = new TaskCompletionSource();
        _library.OnSearch = query => query.Text == "1" ? slow.Task : Task.CompletedTask;
        var view = new LibraryView(_library);
        var first = view.ShowAsync("1", 1, default);
        await view.ShowAsync("2", 1, default);

        slow.SetResult();
        await first;

        Assert.Equal("2", view.Text);
        Assert.Equal("Track 2", Assert.Single(view.Tracks!).Title);
    }

    [Fact]
    public async Task Delete_LastOfAPage_ShowsThePageBefore()
    {
        Fill(LibraryView.PageSize + 1);
        var view = new LibraryView(_library);
        await view.ShowAsync("", 2, default);

        await view.DeleteAsync(Assert.Single(view.Tracks!).Id, default);

        Assert.Equal(1, view.Page);
        Assert.Equal(LibraryView.PageSize, view.Total);
    }

    [Fact]
    public async Task IsEmpty_NothingFound_IsOnlyTrueWithoutASearch()
    {
        var view = new LibraryView(_library);
        await view.ShowAsync("x", 1, default);
        Assert.False(view.IsEmpty);

        await view.ShowAsync(" ", 1, default);

        Assert.True(view.IsEmpty);
    }

    private void Fill(int count)
    {
        for (var number = 1; number <= count; number++)
        {
            _library.Tracks.Add(Samples.Track($"Track {number}", number));
        }
    }
}
