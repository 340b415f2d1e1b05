using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using MusicRender.Engine.Library;
using MusicRender.Engine.Plan;

namespace MusicRender.Engine.Rendering;

/// <summary>The keys of clients that make the same request the same render when it comes again.</summary>
internal sealed class IdempotencyKeys(IDbContextFactory<Catalogue> catalogues, TimeProvider time)
{
    /// <summary>How long a key is remembered.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <summary>Somebody else has entered a render with this key in the meantime: it is there now. Never leaves the engine.</summary>
    public static RenderFailure Taken { get; } = RenderFailure.Server("This request is under way already.", "idempotency_key_taken");

    /// <summary>Another request has the key.</summary>
    public static RenderFailure Reused { get; } = new(
        FailureCode.InvalidRequest,
        "This idempotency key belongs to another request. Send the same request again to get its render, or another key to get another render.")
    {
        Details = JsonSerializer.SerializeToElement(new { reason = "idempotency_key_reused" }),
    };

    /// <summary>
    /// SHA-256 of what is asked for, hexadecimal, however its JSON was written: plan, options and song. A seed counts where
    /// one was asked for.
    /// </summary>
    public static string HashOf(RenderRequest request) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        request with { RequestId = "", Client = null, IdempotencyKey = null },
        RenderingJson.Documents.RenderRequest)));

    /// <summary>The row of a render that was accepted with a key.</summary>
    public static IdempotencyRow RowOf(string key, string requestHash, RenderId id, DateTimeOffset createdAt) =>
        new() { Key = key, RequestHash = requestHash, RenderId = id.Value, CreatedAt = createdAt.ToUnixTimeMilliseconds() };

    /// <summary>The render of a key that is still remembered, and the hash of its request; or null.</summary>
    public async Task<(RenderId Id, string RequestHash)?> FindAsync(string key, CancellationToken ct)
    {
        var oldest = (time.GetUtcNow() - Life).ToUnixTimeMilliseconds();
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        return await catalogue.IdempotencyKeys.AsNoTracking().FirstOrDefaultAsync(row => row.Key == key && row.CreatedAt > oldest, ct) is { } row
            ? (new RenderId(row.RenderId), row.RequestHash)
            : null;
    }
}
