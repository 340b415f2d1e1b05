using System.Text.Json;
using System.Text.Json.Serialization;
using ElevenLabs.Simulator.Accounts;
using ElevenLabs.Simulator.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ElevenLabs.Simulator.Api;

/// <summary>How tests and people steer the simulator: <c>/simulator/…</c>. The header <c>xi-api-key</c> says for which key.</summary>
internal static class ControlApi
{
    private const string KeyHeader = "xi-api-key";

    /// <summary>The JSON of these calls: snake_case; a field that nobody knows is refused.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static void MapControlApi(this IEndpointRouteBuilder routes, AccountBook accounts)
    {
        var simulator = routes.MapGroup("/simulator");
        simulator.MapPost("/faults", ForKey(accounts, async (account, context) => account.AddFaults(await ReadAsync<Fault[]>(context))));
        simulator.MapDelete("/faults", ForKey(accounts, (account, _) =>
        {
            account.ClearFaults();
            return Task.CompletedTask;
        }));
        simulator.MapPost("/account", ForKey(accounts, async (account, context) => account.Set(await ReadAsync<AccountSettings>(context))));
        simulator.MapGet("/calls", (HttpContext context) => Results.Json(Of(context, accounts).SelectMany(account => account.Calls()).OrderBy(call => call.Number).ToList(), Json));
        simulator.MapDelete("/calls", (HttpContext context) =>
        {
            foreach (var account in Of(context, accounts))
            {
                account.ForgetCalls();
            }

            return Results.NoContent();
        });
    }

    /// <summary>The key's account; without a key all of them.</summary>
    private static IEnumerable<Account> Of(HttpContext context, AccountBook accounts) =>
        context.Request.Headers[KeyHeader].ToString() is { Length: > 0 } key ? [accounts.Of(key)] : accounts.All;

    private static Delegate ForKey(AccountBook accounts, Func<Account, HttpContext, Task> work) => async (HttpContext context) =>
    {
        if (context.Request.Headers[KeyHeader].ToString() is not { Length: > 0 } key)
        {
            return Results.Text($"The header {KeyHeader} says for which key.", statusCode: StatusCodes.Status400BadRequest);
        }

        try
        {
            await work(accounts.Of(key), context);
            return Results.NoContent();
        }
        catch (JsonException exception)
        {
            return Results.Text(exception.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    };

    private static async Task<T> ReadAsync<T>(HttpContext context) =>
        await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Json, context.RequestAborted) ?? throw new JsonException("The body is empty.");
}
