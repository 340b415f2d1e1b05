using System.Text.Json;
using System.Text.Json.Nodes;
using ElevenLabs.Simulator.Answers;
using ElevenLabs.Simulator.Audio;
using ElevenLabs.Simulator.Contract;
using ElevenLabs.Simulator.Faults;

namespace ElevenLabs.Simulator.Api;

/// <summary>The answers to right calls. What an account does not have, or may not have, is a refusal.</summary>
internal sealed class UpstreamAnswers(SimulatorOptions options, SongCache songs, FinetuneCatalogue finetunes, TimeProvider time)
{
    private const string Json = "application/json";
    private const int GarbageBytes = 4_096;

    /// <summary>Sends the answer, or gives the refusal that is to be sent.</summary>
    public Task<Refusal?> AnswerAsync(UpstreamCall call) => call.Endpoint switch
    {
        Endpoints.Plan => PlanAsync(call),
        Endpoints.Detailed or Endpoints.Stream => ComposeAsync(call),
        Endpoints.Stems => SeparateAsync(call),
        Endpoints.Finetunes => FinetunesAsync(call),
        Endpoints.Subscription => JsonAsync(call, SubscriptionAnswer.Of(call.Account, time.GetUtcNow())),
        _ => throw new InvalidOperationException($"The contract has '{call.Endpoint}', but nothing answers it."),
    };

    private static async Task<Refusal?> PlanAsync(UpstreamCall call)
    {
        var body = call.Body.Json;
        var suggestions = new Suggestions(body);
        if (suggestions.IsNeeded)
        {
            return Refusal.Of(new Fault { Kind = FaultKind.BadPrompt }, suggestions);
        }

        var prompt = body.GetProperty("prompt").GetString()!;
        var lengthMs = ProseRules.Field(body, "music_length_ms") is { } length ? (int)length.GetDouble() : 60_000;
        return await JsonAsync(call, ProseRules.Field(body, "source_composition_plan") is { } source
            ? PlanWriter.Rework(JsonObject.Create(source)!, prompt)
            : PlanWriter.Write(prompt, lengthMs, ProseRules.ModelOf(body), isInstrumental: false));
    }

    private async Task<Refusal?> FinetunesAsync(UpstreamCall call) =>
        finetunes.Page(call.Query) is { } page
            ? await JsonAsync(call, page)
            : Refusal.OfFields(JsonSerializer.SerializeToNode(new[] { new Violation(["query", "cursor"], "Value error, not a cursor of a page", "value_error") })!);

    private async Task<Refusal?> ComposeAsync(UpstreamCall call)
    {
        var body = call.Body.Json;
        var formatName = call.Query["output_format"].FirstOrDefault() is { } asked and not "auto" ? asked : null;
        var format = ProseRules.ModelOf(body) == "music_v1" ? Mp3Format.First : Mp3Format.Newer;
        if (formatName is not null && !Mp3Format.TryParse(formatName, out format))
        {
            return NoSuchFormat(formatName);
        }

        if (ProseRules.Field(body, "finetune_id") is { } finetune && !finetunes.Has(finetune.GetString()!))
        {
            return new Refusal(404, "not_found", "finetune_not_found", "There is no such finetune, or it is not ready.") { Param = "finetune_id" };
        }

        var suggestions = new Suggestions(body);
        if (suggestions.IsNeeded)
        {
            return Refusal.Of(new Fault { Kind = suggestions.Kind }, suggestions);
        }

        var order = SongOrder.Read(body);
        using var slot = call.Account.TryTakeSlot();
        if (slot is null)
        {
            return Refusal.Of(FaultKind.ConcurrentLimitExceeded);
        }

        var credits = (int)Math.Ceiling(order.DurationMs * (double)options.CreditsPerMinute / 60_000);
        if (!call.Account.TryCharge(credits))
        {
            return Refusal.Of(FaultKind.InsufficientCredits);
        }

        call.Recorded.Credits = credits;
        call.Recorded.SongId = $"song{Guid.NewGuid():N}";
        var song = await songs.GetAsync(format, [.. order.Parts.Select(part => part.DurationMs)]);
        if (call.Endpoint == Endpoints.Stream)
        {
            await BeginAsync(call, "text/event-stream; charset=utf-8", ("song-id", call.Recorded.SongId));
            await new EventStreamAnswer(order, song, call.Recorded.SongId, call.Answer).SendAsync();
        }
        else
        {
            var answer = new MultipartAnswer(order, song, call.Recorded.SongId, call.Answer);
            await BeginAsync(call, answer.ContentType, ("song-id", call.Recorded.SongId));
            await answer.SendAsync();
        }

        await call.Answer.EndAsync();
        return null;
    }

    private async Task<Refusal?> SeparateAsync(UpstreamCall call)
    {
        var format = Mp3Format.First;
        if (call.Query["output_format"].FirstOrDefault() is { } asked && !Mp3Format.TryParse(asked, out format))
        {
            return NoSuchFormat(asked);
        }

        var durationMs = Mp3Stream.LengthOf(call.Body.File);
        if (durationMs == 0)
        {
            return new Refusal(400, "validation_error", "invalid_audio", "The file is no MP3 that could be read.") { Param = "file" };
        }

        using var slot = call.Account.TryTakeSlot();
        if (slot is null)
        {
            return Refusal.Of(FaultKind.ConcurrentLimitExceeded);
        }

        var variation = ProseRules.Field(call.Body.Json, "stem_variation_id")?.GetString() ?? "six_stems_v1";
        var archive = await StemArchive.MakeAsync(variation, durationMs, format, call.Answer.Fault.Kind, songs);
        await BeginAsync(call, "application/zip", ("Content-Disposition", "attachment; filename=stems.zip"));
        await call.Answer.PlayAsync(archive, durationMs);
        await call.Answer.EndAsync();
        return null;
    }

    private static async Task<Refusal?> JsonAsync(UpstreamCall call, JsonObject answer)
    {
        var text = answer.ToJsonString();
        await BeginAsync(call, Json);
        await call.Answer.WriteAsync(EventWriter.Bytes(call.Answer.Fault.Kind is FaultKind.BrokenJson ? text[..(text.Length / 2)] : text));
        await call.Answer.EndAsync();
        return null;
    }

    /// <summary>Sends the headers, and garbage when that is the fault.</summary>
    private static async Task BeginAsync(UpstreamCall call, string contentType, params (string Name, string Value)[] headers)
    {
        await call.Answer.BeginAsync(contentType, headers);
        if (call.Answer.Fault.Kind is FaultKind.Garbage)
        {
            var garbage = new byte[GarbageBytes];
            new Random(GarbageBytes).NextBytes(garbage);
            await call.Answer.WriteAsync(garbage);
            await call.Answer.CutAsync();
        }
    }

    /// <summary>Like a real account of this tier, this one does not have every format.</summary>
    private static Refusal NoSuchFormat(string format) =>
        Refusal.Of(FaultKind.SubscriptionRequired) with { Param = "output_format", Message = $"The output format {format} needs a higher subscription tier." };
}
