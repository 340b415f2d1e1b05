using System.Text.Json;
using ElevenLabs.Simulator.Accounts;
using ElevenLabs.Simulator.Answers;
using ElevenLabs.Simulator.Contract;
using ElevenLabs.Simulator.Faults;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace ElevenLabs.Simulator.Api;

/// <summary>Every call of the upstream's own paths: who calls, is it right, does it meet a fault, then its answer.</summary>
internal sealed class UpstreamCalls(SimulatorOptions options, AccountBook accounts, UpstreamAnswers answers, TimeProvider time)
{
    private const string KeyHeader = "xi-api-key";

    private long _number;

    public async Task HandleAsync(HttpContext context)
    {
        var key = context.Request.Headers[KeyHeader].ToString();
        var account = accounts.Of(key);
        var call = CallOf(context.Request);
        if (options.Calls > 0)
        {
            account.Remember(call);
        }

        context.Response.Headers["x-trace-id"] = $"trace-{call.Number}";
        try
        {
            var refusal = await AnswerAsync(context, key, account, call);
            if (refusal is not null)
            {
                call.Status = refusal.Status;
                await refusal.SendAsync(context, $"request-{call.Number}");
            }

            call.Outcome = refusal is null ? CallOutcome.Answered : CallOutcome.Refused;
        }
        catch (AnswerCutException)
        {
            call.Outcome = CallOutcome.Cut;
        }
        catch (Exception exception) when (context.RequestAborted.IsCancellationRequested || exception is ConnectionResetException or BadHttpRequestException)
        {
            call.Outcome = CallOutcome.ClientClosed;
        }
    }

    private async Task<Refusal?> AnswerAsync(HttpContext context, string key, Account account, RecordedCall call)
    {
        var operation = OpenApiContract.Instance.Operations.GetValueOrDefault(call.Path);
        var body = await CallBody.ReadAsync(context, operation, options.Calls > 0);
        call.Body = body.Text;
        if (key.Length == 0)
        {
            return Refusal.Of(FaultKind.MissingApiKey);
        }

        if (!AccountBook.IsSimulated(key))
        {
            return Refusal.Of(FaultKind.InvalidApiKey);
        }

        if (operation is null || operation.Method != call.Method)
        {
            var (status, message) = operation is null ? (404, "Not Found") : (405, "Method Not Allowed");
            call.Violations = [new Violation(["path", call.Path], message, "not_in_contract")];
            return new Refusal(status, "", "", message) { Shape = ErrorShape.Text };
        }

        if (options.Validate && CallCheck.Check(operation, context.Request.Query, body.Json) is { Count: > 0 } violations)
        {
            call.Violations = violations;
            return Refusal.OfFields(JsonSerializer.SerializeToNode(violations)!);
        }

        var fault = account.TakeFault(operation.Endpoint);
        call.Fault = fault?.Kind;
        fault ??= new Fault();
        if (Refusal.Of(fault, new Suggestions(body.Json)) is { } refused)
        {
            return refused;
        }

        return await answers.AnswerAsync(new UpstreamCall(context, operation.Endpoint, account, call, body, new AnswerBody(context, call, fault, options, time)));
    }

    private RecordedCall CallOf(HttpRequest request) => new()
    {
        Number = Interlocked.Increment(ref _number),
        Method = request.Method,
        Path = request.Path.Value ?? "",
        Query = options.Calls == 0 ? new Dictionary<string, string>() : request.Query.ToDictionary(field => field.Key, field => field.Value.ToString()),
        Headers = options.Calls == 0 ? new Dictionary<string, string>() : request.Headers.Where(header => !header.Key.Equals(KeyHeader, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()),
    };
}

/// <summary>A right call on its way to its answer.</summary>
internal sealed record UpstreamCall(HttpContext Context, string Endpoint, Account Account, RecordedCall Recorded, CallBody Body, AnswerBody Answer)
{
    public IQueryCollection Query => Context.Request.Query;
}
