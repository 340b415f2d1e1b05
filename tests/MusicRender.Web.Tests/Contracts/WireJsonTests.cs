using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MusicRender.Engine.Plan;
using MusicRender.Engine.Rendering;
using MusicRender.Web.Contracts;
using Xunit;

namespace MusicRender.Web.Tests.Contracts;

public sealed class WireJsonTests
{
    private static readonly RenderId Id = new("0123456789abcdef0123456789abcdef");
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, 5, TimeSpan.FromHours(2));

    public static TheoryData<Type> Bodies =>
    [
        typeof(RenderMessage), typeof(ProgressMessage), typeof(ResultMessage), typeof(ErrorMessage), typeof(RenderResultBody), typeof(SongMetadataBody),
        typeof(RenderStatusBody), typeof(RenderPageBody), typeof(RenderAcceptedBody), typeof(PromptBody), typeof(PromptAnswer), typeof(PromptInput), typeof(PlanBody),
        typeof(PlanAnswer), typeof(PartialTakeBody), typeof(TrackBody), typeof(TrackPageBody), typeof(TrackEditBody), typeof(PeaksBody), typeof(ProblemBody), typeof(ProblemEntry), typeof(HealthBody),
    ];

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Body_EveryName_IsSnakeCase(Type body)
    {
        var type = WireJson.Wire.GetTypeInfo(body);

        Assert.Equal(JsonTypeInfoKind.Object, type!.Kind);
        Assert.NotEmpty(type.Properties);
        Assert.All(type.Properties, property => Assert.Matches("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", property.Name));
    }

    [Fact]
    public void Time_OfAnyZone_IsWrittenInUtcWithZ()
    {
        var json = JsonSerializer.Serialize(new HealthBody("healthy", "musicrender", "1", Noon, new Dictionary<string, string>()), WireJson.Wire.HealthBody);

        Assert.Contains("\"timestamp\":\"2026-11-23T10:00:00.005Z\"", json, StringComparison.Ordinal);
        Assert.Equal(Noon, JsonSerializer.Deserialize(json, WireJson.Wire.HealthBody)!.Timestamp);
    }

    [Fact]
    public void Text_OfAnyScript_IsWrittenAsItIs()
    {
        var json = JsonSerializer.Serialize(new TrackEditBody { Title = "夜の歌 é <b>" }, WireJson.Wire.TrackEditBody);

        Assert.Contains("夜の歌 é <b>", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FailureCode.InvalidRequest, "INVALID_REQUEST")]
    [InlineData(FailureCode.ValidationError, "VALIDATION_ERROR")]
    [InlineData(FailureCode.ServerError, "SERVER_ERROR")]
    public void Code_OfAFailure_IsOneOfThree(FailureCode code, string name) => Assert.Equal(name, WireMapping.CodeName(code));

    [Fact]
    public void Stages_OfTheEngine_AreThoseOfTheContract()
    {
        var names = Enum.GetValues<RenderStage>().Select(stage => Progress(stage, null, false)).Cast<ProgressMessage>().Select(message => message.Stage);

        Assert.Equal(["validating", "validated", "queued", "generating", "processing", "saving", "extracting", "complete"], names);
    }

    [Fact]
    public void Progress_WithNothingToAdd_LeavesTheAdditionsOut()
    {
        var json = JsonSerializer.SerializeToElement(Progress(RenderStage.Validated, null, false), WireJson.Wire.RenderMessage);

        Assert.Equal(["type", "stage", "progress_percent", "message", "timestamp", "render_id", "sequence"], json.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public void Progress_PlayableOrWaiting_SaysSo()
    {
        var message = (ProgressMessage)Progress(RenderStage.Queued, 3, true);

        Assert.Equal(3, message.QueuePosition);
        Assert.Equal($"/render/live/{Id}", message.LiveUrl);
    }

    [Fact]
    public void Address_OfAnyName_IsEscaped()
    {
        Assert.Equal("/render/stream/%E5%A4%9C_1.mp3", WireMapping.StreamUrl("夜_1.mp3"));
        Assert.Equal("/render/download/a%2Fb%3Fc%23d%20e", WireMapping.DownloadUrl("a/b?c#d e"));
    }

    private static RenderMessage Progress(RenderStage stage, int? position, bool isPlayable) =>
        new ProgressEvent { Sequence = 4, Timestamp = Noon, Stage = stage, Percent = 10, Message = "m", QueuePosition = position, IsPlayable = isPlayable }.ToMessage(Id);
}
