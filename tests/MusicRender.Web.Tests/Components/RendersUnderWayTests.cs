using MusicRender.Engine.Rendering;
using MusicRender.Web.Components.Library;
using Xunit;

namespace MusicRender.Web.Tests.Components;

public sealed class RendersUnderWayTests : StudioContext
{
    [Fact]
    public async Task Look_ThatFails_IsTriedAgain()
    {
        var looks = 0;
        var again = new TaskCompletionSource();
        Jobs.OnUnderWay = () =>
        {
            if (++looks == 1)
            {
                throw new IOException("database is locked");
            }

            again.TrySetResult();
            return Task.FromResult<IReadOnlyList<RenderStatus>>([]);
        };
        var list = Render<RendersUnderWay>();

        Time.Advance(TimeSpan.FromSeconds(1));

        await again.Task.WaitAsync(TimeSpan.FromSeconds(10), Xunit.TestContext.Current.CancellationToken);
        await list.Instance.DisposeAsync();
    }
}
