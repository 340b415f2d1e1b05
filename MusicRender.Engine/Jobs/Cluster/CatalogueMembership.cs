using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MusicRender.Engine.Library.Postgres;
using Orleans.Configuration;

namespace MusicRender.Engine.Jobs.Cluster;

/// <summary>
/// Who is in the cluster, in the catalogue. Every change names the version that was seen and raises it in the same
/// transaction: of two that saw the same one wins, and the other looks again. Signs of life change no version.
/// </summary>
internal sealed class CatalogueMembership(IDbContextFactory<PostgresCatalogue> catalogues, IOptions<ClusterOptions> options) : IMembershipTable
{
    private readonly string _cluster = options.Value.ClusterId;

    public async Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync();
        await catalogue.Database.ExecuteSqlAsync($"""INSERT INTO clusters ("Id", "Version") VALUES ({_cluster}, 0) ON CONFLICT DO NOTHING""");
    }

    public async Task DeleteMembershipTableEntries(string clusterId)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync();
        await catalogue.Members.Where(row => row.ClusterId == clusterId).ExecuteDeleteAsync();
        await catalogue.Clusters.Where(row => row.Id == clusterId).ExecuteDeleteAsync();
    }

    public async Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate)
    {
        var before = beforeDate.ToUnixTimeMilliseconds();
        const int Dead = (int)SiloStatus.Dead;
        await using var catalogue = await catalogues.CreateDbContextAsync();
        await catalogue.Members.Where(row => row.ClusterId == _cluster && row.Status == Dead && row.AliveAt < before && row.StartedAt < before).ExecuteDeleteAsync();
    }

    public Task<MembershipTableData> ReadRow(SiloAddress key) => ReadAsync(key.ToParsableString());

    public Task<MembershipTableData> ReadAll() => ReadAsync(null);

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => ChangeAsync(
        tableVersion,
        async catalogue =>
        {
            catalogue.Members.Add(RowOf(entry));
            return await catalogue.SaveChangesAsync() == 1;
        });

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => ChangeAsync(
        tableVersion,
        async catalogue =>
        {
            var row = RowOf(entry);
            return await Row(catalogue, entry).ExecuteUpdateAsync(set => set
                .SetProperty(member => member.Status, row.Status)
                .SetProperty(member => member.Suspicions, row.Suspicions)
                .SetProperty(member => member.AliveAt, row.AliveAt)) == 1;
        });

    public async Task UpdateIAmAlive(MembershipEntry entry)
    {
        var at = MillisecondsOf(entry.IAmAliveTime);
        await using var catalogue = await catalogues.CreateDbContextAsync();
        await Row(catalogue, entry).ExecuteUpdateAsync(set => set.SetProperty(member => member.AliveAt, at));
    }

    /// <summary>One statement, so that version and rows belong together.</summary>
    private async Task<MembershipTableData> ReadAsync(string? silo)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync();
        var found = await (
            from cluster in catalogue.Clusters.AsNoTracking().Where(row => row.Id == _cluster)
            from member in catalogue.Members.AsNoTracking().Where(row => row.ClusterId == cluster.Id && (silo == null || row.Silo == silo)).DefaultIfEmpty()
            select new { cluster.Version, Member = member }).ToListAsync();
        var version = found.Count == 0 ? 0 : found[0].Version;
        return new MembershipTableData(
            [.. found.Where(pair => pair.Member is not null).Select(pair => Tuple.Create(EntryOf(pair.Member), "-"))],
            new TableVersion(version, version.ToString(CultureInfo.InvariantCulture)));
    }

    private async Task<bool> ChangeAsync(TableVersion next, Func<PostgresCatalogue, Task<bool>> change)
    {
        var seen = int.Parse(next.VersionEtag, CultureInfo.InvariantCulture);
        await using var catalogue = await catalogues.CreateDbContextAsync();
        await using var transaction = await catalogue.Database.BeginTransactionAsync();
        // The row is locked from here on: whoever saw the same version waits, and finds another.
        if (await catalogue.Clusters.Where(row => row.Id == _cluster && row.Version == seen).ExecuteUpdateAsync(set => set.SetProperty(row => row.Version, next.Version)) != 1
            || !await change(catalogue))
        {
            return false;
        }

        await transaction.CommitAsync();
        return true;
    }

    private IQueryable<MemberRow> Row(PostgresCatalogue catalogue, MembershipEntry entry)
    {
        var silo = entry.SiloAddress.ToParsableString();
        return catalogue.Members.Where(row => row.ClusterId == _cluster && row.Silo == silo);
    }

    private MemberRow RowOf(MembershipEntry entry) => new()
    {
        ClusterId = _cluster,
        Silo = entry.SiloAddress.ToParsableString(),
        Status = (int)entry.Status,
        SiloName = entry.SiloName ?? "",
        HostName = entry.HostName ?? "",
        ProxyPort = entry.ProxyPort,
        Suspicions = string.Join('|', (entry.SuspectTimes ?? []).Select(suspicion => string.Create(CultureInfo.InvariantCulture, $"{suspicion.Item1.ToParsableString()},{MillisecondsOf(suspicion.Item2)}"))),
        StartedAt = MillisecondsOf(entry.StartTime),
        AliveAt = MillisecondsOf(entry.IAmAliveTime),
    };

    private static MembershipEntry EntryOf(MemberRow row) => new()
    {
        SiloAddress = SiloAddress.FromParsableString(row.Silo),
        Status = (SiloStatus)row.Status,
        SiloName = row.SiloName,
        HostName = row.HostName,
        ProxyPort = row.ProxyPort,
        SuspectTimes = [.. row.Suspicions.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(SuspicionOf)],
        StartTime = TimeOf(row.StartedAt),
        IAmAliveTime = TimeOf(row.AliveAt),
    };

    private static Tuple<SiloAddress, DateTime> SuspicionOf(string text)
    {
        var comma = text.LastIndexOf(',');
        return Tuple.Create(SiloAddress.FromParsableString(text[..comma]), TimeOf(long.Parse(text[(comma + 1)..], CultureInfo.InvariantCulture)));
    }

    private static long MillisecondsOf(DateTime utc) => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)).ToUnixTimeMilliseconds();

    private static DateTime TimeOf(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;
}
