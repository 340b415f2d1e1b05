using Microsoft.Extensions.Options;
using MusicRender.Engine;
using MusicRender.Engine.Library;
using MusicRender.Web.Access;
using Xunit;

namespace MusicRender.Web.Tests.Access;

/// <summary>A token that was made, and what is left of it.</summary>
public sealed class KeptTokenTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("musicrender-token-").FullName;

    private KeptToken Kept => new(Options.Create(new LibraryOptions { Root = _root }));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Token_Made_IsKeptAsAHashThatItAloneFits()
    {
        Assert.Null(Kept.Find());
        var (token, kept) = Kept.Make();

        Assert.Matches("^[A-Za-z0-9_-]{43}$", token);
        Assert.Equal(kept, Kept.Find());
        Assert.True(AccessToken.IsKept(AccessToken.SessionOf(token), Kept.Find()!));
        Assert.False(AccessToken.IsKept(token, kept));
        Assert.False(AccessToken.IsKept(AccessToken.SessionOf(token + "x"), kept));
        var text = File.ReadAllText(Kept.Path);
        Assert.Matches("^sha256:[0-9a-f]{64}\n$", text);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Kept.Path));
        }
    }

    [Fact]
    public void Tokens_OfTwoServers_Differ()
    {
        var (first, _) = Kept.Make();
        File.Delete(Kept.Path);
        Assert.NotEqual(first, Kept.Make().Token);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256:")]
    [InlineData("sha256:abcd")]
    [InlineData("sha256:zz00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("a-token-that-somebody-wrote-here")]
    public void File_ThatIsSpoilt_OpensNothingAndSaysWhatToDo(string text)
    {
        File.WriteAllText(Kept.Path, text);

        var failure = Assert.Throws<EngineStartException>(() => Kept.Find());
        Assert.Contains(Kept.Path, failure.Message, StringComparison.Ordinal);
        Assert.Contains("MusicRender:Access:Token", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_OfSeveralNodes_IsMadeByOneAndGuardsAll()
    {
        var shared = new FirstTexts();
        var one = new KeptToken(Options.Create(new LibraryOptions { Root = _root }), shared);
        var two = new KeptToken(Options.Create(new LibraryOptions { Root = _root }), shared);
        Assert.Null(await one.FindAsync(CancellationToken.None));

        var made = await one.MakeAsync(CancellationToken.None);
        var late = await two.MakeAsync(CancellationToken.None);

        Assert.NotNull(made.Token);
        Assert.Null(late.Token);
        Assert.Equal(made.Kept, late.Kept);
        Assert.Equal(made.Kept, await two.FindAsync(CancellationToken.None));
        Assert.DoesNotContain(made.Token, shared.Texts.Single().Value, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_root));
    }

    private sealed class FirstTexts : ISharedTexts
    {
        public Dictionary<string, string> Texts { get; } = [];

        public Task<string?> FindAsync(string name, CancellationToken ct) => Task.FromResult(Texts.GetValueOrDefault(name));

        public Task<string> KeepFirstAsync(string name, string text, CancellationToken ct)
        {
            Texts.TryAdd(name, text);
            return Task.FromResult(Texts[name]);
        }
    }
}
