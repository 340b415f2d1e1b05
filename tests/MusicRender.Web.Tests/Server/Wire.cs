using System.Net;
using System.Text.Json;
using Xunit;

namespace MusicRender.Web.Tests.Server;

/// <summary>What tests ask of answers.</summary>
internal static class Wire
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(MusicRenderApp.Patience));

    /// <summary>Checks that an answer is a problem as all are: text for people, the request's id, nothing of the server's inside.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status, MusicRenderApp app)
    {
        var text = await response.Content.ReadAsStringAsync(MusicRenderApp.Patience);
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonElement.Parse(text);
        Assert.Equal(JsonValueKind.String, problem.GetProperty("detail").ValueKind);
        Assert.NotEmpty(problem.Text("detail"));
        Assert.NotEmpty(problem.Text("title"));
        Assert.Equal((int)status, problem.Number("status"));
        Assert.Equal(response.Headers.GetValues("X-Request-ID").Single(), problem.Text("request_id"));
        AssertNothingInside(text, app);
        return problem;
    }

    /// <summary>Checks that a text for outside holds no stack trace and no path of the server.</summary>
    public static void AssertNothingInside(string text, MusicRenderApp app)
    {
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.DoesNotContain(".cs:", text, StringComparison.Ordinal);
        Assert.DoesNotContain(app.LibraryRoot, text, StringComparison.Ordinal);
        Assert.DoesNotContain(TroubledApp.Secret, text, StringComparison.Ordinal);
    }
}
