using MusicRender.Engine.Library;

namespace MusicRender.Web.Tests.Fakes;

/// <summary>Tells what a test says.</summary>
internal sealed class FakeNews : ILibraryNews
{
    public event Action<LibraryChange>? Changed;

    public void Tell(LibraryPart part, string id = "", long version = 0) => Changed?.Invoke(new LibraryChange(part, id, version));
}
