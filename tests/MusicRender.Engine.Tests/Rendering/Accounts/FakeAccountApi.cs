using System.Collections.Concurrent;
using System.Net;
using System.Text;
using MusicRender.Engine.Generators.ElevenLabs;

namespace MusicRender.Engine.Tests.Rendering.Accounts;

/// <summary>The free calls, answered as the test says.</summary>
internal sealed class FakeAccountApi : IElevenLabsAccountApi
{
    public const string Subscription =
        """{"tier":"creator","character_count":1200,"character_limit":100000,"next_character_count_reset_unix":1790000000,"status":"active"}""";

    public ConcurrentQueue<string?> KeysAsked { get; } = [];

    public ConcurrentQueue<string?> Cursors { get; } = [];

    public ConcurrentQueue<PlanBody> Plans { get; } = [];

    public Func<string?, CancellationToken, Task<HttpResponseMessage>> OnSubscription { get; set; } = (_, _) => Answer(Subscription);

    public Func<string?, CancellationToken, Task<HttpResponseMessage>> OnFinetunes { get; set; } = (_, _) => Answer("""{"finetunes":[],"next_cursor":null,"has_more":false}""");

    public Func<PlanBody, CancellationToken, Task<HttpResponseMessage>> OnPlan { get; set; } = (_, _) => Answer("{}");

    public static Task<HttpResponseMessage> Answer(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") });

    public static Task<HttpResponseMessage> Refuse(HttpStatusCode status, string code, string message = "no") =>
        Answer($$$"""{"detail":{"status":"{{{code}}}","code":"{{{code}}}","message":"{{{message}}}"}}""", status);

    public static Task<HttpResponseMessage> Unreachable() => Task.FromException<HttpResponseMessage>(new HttpRequestException("no route to host"));

    public static async Task<HttpResponseMessage> Never(CancellationToken ct)
    {
        await Task.Delay(Timeout.Infinite, ct);
        throw new InvalidOperationException("It never ends.");
    }

    public Task<HttpResponseMessage> PlanAsync(PlanBody body, CancellationToken ct)
    {
        Plans.Enqueue(body);
        return OnPlan(body, ct);
    }

    public Task<HttpResponseMessage> FinetunesAsync(int pageSize, string? cursor, CancellationToken ct)
    {
        Xunit.Assert.Equal(150, pageSize);
        Cursors.Enqueue(cursor);
        return OnFinetunes(cursor, ct);
    }

    public Task<HttpResponseMessage> SubscriptionAsync(string? key, CancellationToken ct)
    {
        KeysAsked.Enqueue(key);
        return OnSubscription(key, ct);
    }
}
