namespace MusicRender.Web.Contracts;

/// <summary>Answer of <c>GET /health</c> and <c>GET /ready</c>.</summary>
/// <param name="Status">"healthy" or "degraded".</param>
/// <param name="Service">"musicrender".</param>
/// <param name="Version">The program's version.</param>
/// <param name="Timestamp">When, UTC.</param>
/// <param name="Checks">Each dependency: "ok", or what is wrong.</param>
public sealed record HealthBody(string Status, string Service, string Version, DateTimeOffset Timestamp, IReadOnlyDictionary<string, string> Checks);
