using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace MusicRender.Engine.Generators.ElevenLabs;

/// <summary>Puts the key in use on each call, unless the call brings its own. A key that no header can hold gets the upstream's refusal without asking it.</summary>
internal sealed class KeyHandler(ElevenLabsKey key) : DelegatingHandler
{
    /// <summary>A shorter key is none, and would be found in any text.</summary>
    private const int MinBlotted = 8;

    /// <summary>The header of the key.</summary>
    public const string Header = "xi-api-key";

    /// <summary>True when a header can hold the key.</summary>
    public static bool IsSendable(string key) => key.All(letter => letter is > ' ' and <= '~');

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Headers.Contains(Header) && key.Reveal() is { } known)
        {
            request.Headers.TryAddWithoutValidation(Header, known);
        }

        if (KeyOf(request) is { } sent && !IsSendable(sent))
        {
            request.Headers.Remove(Header);
            return new HttpResponseMessage(HttpStatusCode.Unauthorized)
            {
                RequestMessage = request,
                Content = new StringContent("""{"detail":{"code":"invalid_api_key","message":"The key holds characters that no key has."}}""", Encoding.UTF8, "application/json"),
            };
        }

        var response = await base.SendAsync(request, cancellationToken);
        response.RequestMessage ??= request;
        return response;
    }

    /// <summary>Writes asterisks over the key wherever an answer repeats it: before anybody reads it, for readers quote what they do not understand.</summary>
    public static void Blot(Span<byte> answer, HttpRequestMessage? request)
    {
        if (KeyOf(request) is not { Length: >= MinBlotted } key)
        {
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(key);
        for (int at; (at = answer.IndexOf(bytes)) >= 0; answer = answer[(at + bytes.Length)..])
        {
            answer.Slice(at, bytes.Length).Fill((byte)'*');
        }
    }

    /// <summary>The same for JSON.</summary>
    public static JsonElement Blot(JsonElement json, string? key)
    {
        if (key is not { Length: >= MinBlotted } || JsonMarshal.GetRawUtf8Value(json).IndexOf(Encoding.UTF8.GetBytes(key)) < 0)
        {
            return json;
        }

        try
        {
            return JsonElement.Parse(Blot(json.GetRawText(), key));
        }
        catch (JsonException)
        {
            // A key of digits that stood as a number.
            return JsonElement.Parse("{}");
        }
    }

    /// <summary>The same for text.</summary>
    public static string Blot(string text, string? key) =>
        key is { Length: >= MinBlotted } ? text.Replace(key, new string('*', key.Length), StringComparison.Ordinal) : text;

    /// <summary>The key that a request was sent with, so that it can be taken out of what the upstream says; null when there was none.</summary>
    public static string? KeyOf(HttpRequestMessage? request) =>
        request is not null && request.Headers.TryGetValues(Header, out var values) ? string.Concat(values) : null;
}
