using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MusicRender.Engine.Generators;
using MusicRender.Engine.Library;
using MusicRender.Web.Contracts;
using MusicRender.Web.Tests.Server.Contract;
using Refit;
using Xunit;

namespace MusicRender.Web.Tests.Server;

/// <summary>The real program on a real Kestrel at a free port of the loopback address, with its library in a temporary folder.</summary>
public class MusicRenderApp : WebApplicationFactory<Program>, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("musicrender-tests-").FullName;

    /// <summary>Makes what a test tells it to, as many at once as it likes.</summary>
    internal ScriptedGenerator Scripted { get; } = new("scripted", "Scripted", isLocal: true, maxConcurrency: 100);

    /// <summary>The same with one slot, so that renders wait in line.</summary>
    internal ScriptedGenerator OneSlot { get; } = new("one-slot", "One Slot", isLocal: true, maxConcurrency: 1);

    /// <summary>The same under the upstream's name.</summary>
    internal ScriptedGenerator Upstream { get; } = new("upstream", "ElevenLabs API", isLocal: false, maxConcurrency: 4);

    /// <summary>Where the library is.</summary>
    public string LibraryRoot => Path.Combine(_folder, "library");

    /// <summary>Where the server answers.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>A client that follows no redirections and adds nothing.</summary>
    public HttpClient Http { get; private set; } = null!;

    /// <summary>The typed client.</summary>
    public IMusicRenderApi Api { get; private set; } = null!;

    /// <summary>Ends what no test should take longer for.</summary>
    public static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    /// <summary>Configuration beside the library's root.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    /// <summary>True for one that logs nowhere: failures that tests cause would fill the report.</summary>
    protected virtual bool IsQuiet => true;

    public virtual ValueTask InitializeAsync()
    {
        UseKestrel(0);
        StartServer();
        Address = ClientOptions.BaseAddress;
        Http = new HttpClient(new ContractHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = System.Net.DecompressionMethods.None })) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        Api = RestService.For<IMusicRenderApi>(Http, new RefitSettings(new SystemTextJsonContentSerializer(WireJson.Wire.Options)));
        return ValueTask.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Posts text as JSON.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, string json) =>
        Http.PostAsync(new Uri(path, UriKind.Relative), new StringContent(json, Encoding.UTF8, "application/json"), Patience);

    /// <summary>Gets an address, exactly as it is written.</summary>
    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>Sends a request without a body.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(Address, path));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Patience);
    }

    /// <summary>Renders over REST with the scripted generator.</summary>
    internal async Task<JsonElement> RenderAsync(string title, Script? script = null)
    {
        if (script is not null)
        {
            Scripted.On(title, script);
        }

        using var response = await PostAsync("/render", Plans.Wrapped(title, "scripted"));
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        return await response.JsonAsync();
    }

    /// <summary>Starts a render over REST without waiting for it; its id.</summary>
    internal async Task<string> StartAsync(string title, string generator, Script? script = null)
    {
        if (script is not null)
        {
            new[] { Scripted, OneSlot, Upstream }.Single(one => one.Name == generator).On(title, script);
        }

        using var response = await PostAsync("/renders", Plans.Wrapped(title, generator));
        Assert.Equal(System.Net.HttpStatusCode.Accepted, response.StatusCode);
        return (await response.JsonAsync()).GetProperty("id").GetString()!;
    }

    /// <summary>The bytes of a finished track, wherever they are.</summary>
    public async Task<byte[]> StoredAsync(string fileName)
    {
        var file = await Services.GetRequiredService<AudioStore>().FindAsync(fileName, Patience);
        Assert.NotNull(file);
        var bytes = new byte[file.Length];
        await using var stream = file.Open();
        await stream.ReadExactlyAsync(bytes, Patience);
        return bytes;
    }

    /// <summary>Asks for a render until it stands where it should.</summary>
    public async Task<RenderStatusBody> UntilAsync(string id, Func<RenderStatusBody, bool> condition)
    {
        var patience = Patience;
        while (true)
        {
            var status = await Api.FindRenderAsync(id);
            if (condition(status))
            {
                return status;
            }

            await Task.Delay(20, patience);
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("MusicRender:Library:Root", LibraryRoot);
        builder.UseSetting("MusicRender:Generator", "sketch");
        // Whatever the person who runs the tests has in the environment: nobody is asked there.
        builder.UseSetting("MusicRender:ElevenLabs:BaseUrl", "http://127.0.0.1:9");
        foreach (var (key, value) in Settings)
        {
            builder.UseSetting(key, value);
        }

        if (IsQuiet)
        {
            builder.ConfigureLogging(logging => logging.ClearProviders());
        }

        builder.ConfigureServices(services => services
            .AddSingleton<IMusicGenerator>(Scripted)
            .AddSingleton<IMusicGenerator>(OneSlot)
            .AddSingleton<IMusicGenerator>(Upstream));
    }
}
