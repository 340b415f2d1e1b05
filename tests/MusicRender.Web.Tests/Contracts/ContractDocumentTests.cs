using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MusicRender.Engine.Plan;
using MusicRender.Web.Api.Documents;
using MusicRender.Web.Tests.Server;
using MusicRender.Web.Tests.Server.Contract;
using Xunit;

namespace MusicRender.Web.Tests.Contracts;

/// <summary>The contracts that are served, those that are written down, and their versions.</summary>
[Collection(typeof(SharedApp))]
public sealed partial class ContractDocumentTests(MusicRenderApp app)
{
    [Theory]
    [InlineData("/openapi/v1.json", "openapi.json")]
    [InlineData("/asyncapi.json", "asyncapi.json")]
    public async Task Document_AsServed_IsTheOneWrittenDown(string address, string name)
    {
        var served = await TextAsync(address);
        var path = Path.Combine(WrittenContracts.Folder, name);
        var written = File.Exists(path) ? await File.ReadAllTextAsync(path, MusicRenderApp.Patience) : "";
        Assert.True(served + "\n" == written, $"docs/api/{name} is not what the server says any more. {await HelpAsync()}");
    }

    [Fact]
    public async Task Contract_Changed_HasANewVersionAndALineInTheChangelog()
    {
        var digest = await DigestAsync();
        var log = await File.ReadAllTextAsync(Path.Combine(WrittenContracts.Folder, "changelog.md"), MusicRenderApp.Patience);
        var versions = VersionHeading().Matches(log).Select(match => (Version: match.Groups["version"].Value, Digest: match.Groups["digest"].Value, Text: match.Groups["text"].Value)).ToList();
        Assert.Equal(versions.Count, versions.DistinctBy(version => version.Version).Count());
        Assert.Equal(versions.Select(version => Version.Parse(version.Version)).OrderDescending(), versions.Select(version => Version.Parse(version.Version)));
        Assert.True(versions.Count > 0 && versions[0].Version == ApiDocuments.Version && versions[0].Digest == digest, $"The contract has changed. {await HelpAsync()}");
        Assert.All(versions, version => Assert.Matches(@"(?m)^- \S", version.Text));
        foreach (var document in new[] { WrittenContracts.OpenApi, WrittenContracts.AsyncApi })
        {
            Assert.Equal(ApiDocuments.Version, document.GetProperty("info").Text("version"));
        }
    }

    [Fact]
    public void OpenApi_OfEveryOperation_TellsSummaryErrorsAndExamples()
    {
        Assert.Equal("3.1", WrittenContracts.OpenApi.Text("openapi")[..3]);
        Assert.Equal(WrittenContracts.Operations.Count, WrittenContracts.Operations.DistinctBy(operation => operation.Id).Count());
        var examples = 0;
        foreach (var operation in WrittenContracts.Operations)
        {
            Assert.NotEmpty(operation.Json.Text("summary"));
            Assert.NotEmpty(operation.Json.Text("description"));
            var bodies = operation.Json.GetProperty("responses").EnumerateObject().Select(response => response.Value);
            if (operation.Json.TryGetProperty("requestBody", out var request))
            {
                bodies = bodies.Append(request);
            }

            foreach (var content in bodies.Where(body => body.Has("content")).SelectMany(body => body.GetProperty("content").EnumerateObject()).Where(content => content.Name.EndsWith("json", StringComparison.Ordinal)))
            {
                Assert.True(content.Value.Has("example"), $"{operation.Id} has a body without an example.");
                WrittenContracts.Expect(new JsonSchema(content.Value.GetProperty("schema"), WrittenContracts.OpenApi).Check(content.Value.GetProperty("example")), $"The example of {operation.Id}", content.Value);
                examples++;
            }
        }

        Assert.True(examples > 50, $"Only {examples} examples were looked at.");
    }

    [Fact]
    public void AsyncApi_Examples_KeepToItsSchemas()
    {
        Assert.Equal("3.0.0", WrittenContracts.AsyncApi.Text("asyncapi"));
        foreach (var message in WrittenContracts.AsyncApi.GetProperty("channels").GetProperty("render").GetProperty("messages").EnumerateObject())
        {
            var schema = JsonSchema.At(WrittenContracts.AsyncApi, message.Value.GetProperty("payload").Text("$ref"));
            foreach (var example in message.Value.Has("examples") ? message.Value.GetProperty("examples").EnumerateArray() : default)
            {
                WrittenContracts.Expect(schema.Check(example.GetProperty("payload")), message.Name, example);
            }
        }
    }

    [Fact]
    public void OpenApi_HasEveryRestCallOfTheProgram()
    {
        Assert.Equal(Routes().Order(), WrittenContracts.Operations.Select(operation => $"{operation.Method} {operation.Path}").Order());
    }

    [Theory]
    [InlineData("composition-plan")]
    [InlineData("chunk-plan")]
    [InlineData("prompt-plan")]
    [InlineData("render-request")]
    public async Task PlanSchema_AsServed_StandsByItself(string name)
    {
        var schema = JsonElement.Parse(await TextAsync($"/schemas/{name}.json"));
        var wrong = new JsonSchema(schema, schema).Check(JsonElement.Parse("""{"sections":[{"section_name":"Verse","duration_ms":100}]}"""));
        Assert.NotEmpty(wrong);
        var right = name switch
        {
            "chunk-plan" => """{"chunks":[{"text":"[Verse]","duration_ms":3000}]}""",
            "prompt-plan" => """{"prompt":"rain","music_length_ms":3000}""",
            _ => """{"sections":[{"section_name":"Verse","duration_ms":3000}]}""",
        };
        Assert.Empty(new JsonSchema(schema, schema).Check(JsonElement.Parse(right)));
        Assert.NotNull(PlanReader.Read(right).Composition);
    }

    [Fact]
    public async Task DocsPage_IsServedWithItsScript_FromHere()
    {
        var page = await TextAsync("/docs/", "text/html");
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        using var script = await app.GetAsync("/docs/scalar.js");
        Assert.True(script.IsSuccessStatusCode, $"{(int)script.StatusCode}\n{page}");
    }

    private async Task<string> TextAsync(string address, string? media = null)
    {
        using var response = await app.GetAsync(address);
        Assert.Equal(200, (int)response.StatusCode);
        if (media is not null)
        {
            Assert.Equal(media, response.Content.Headers.ContentType?.MediaType);
        }

        return await response.Content.ReadAsStringAsync(MusicRenderApp.Patience);
    }

    /// <summary>Of both documents, without the version.</summary>
    private async Task<string> DigestAsync()
    {
        var text = (await TextAsync("/openapi/v1.json") + await TextAsync("/asyncapi.json")).Replace($"\"version\": \"{ApiDocuments.Version}\"", "", StringComparison.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }

    /// <summary>Puts the new documents down beside the build, and says what is to be done.</summary>
    private async Task<string> HelpAsync()
    {
        var folder = Path.GetFullPath(Path.Combine(WrittenContracts.Folder, "..", "..", "artifacts", "contracts"));
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "openapi.json"), await TextAsync("/openapi/v1.json") + "\n", MusicRenderApp.Patience);
        await File.WriteAllTextAsync(Path.Combine(folder, "asyncapi.json"), await TextAsync("/asyncapi.json") + "\n", MusicRenderApp.Patience);
        return $"If that is meant: raise ApiDocuments.Version, copy artifacts/contracts/*.json to docs/api, run `npm run generate` in wwwroot-assets/client, and begin docs/api/changelog.md with a chapter '## {ApiDocuments.Version} ({await DigestAsync()})' that says what is new. A version that is there already keeps its digest.";
    }

    private IEnumerable<string> Routes() => app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => ApiPath().IsMatch(endpoint.RoutePattern.RawText ?? "") && endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null)
        .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Select(method => $"{method.ToLowerInvariant()} {endpoint.RoutePattern.RawText}"));

    [GeneratedRegex(@"^## (?<version>\d+\.\d+\.\d+) \((?<digest>[0-9a-f]{16})\)\n(?<text>(?:(?!## ).*\n?)*)", RegexOptions.Multiline)]
    private static partial Regex VersionHeading();

    [GeneratedRegex("^/(prompt|plan|render(?!/ws)|renders|tracks|finetunes|health|ready|alive)(/|$)")]
    private static partial Regex ApiPath();
}
