using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace MusicRender.Engine.Library;

/// <summary>A secret as the store has it.</summary>
/// <param name="Value">The secret; null when there is none, or none that can be read.</param>
/// <param name="IsUnreadable">True when there is one, but the keys that it was encrypted with are gone.</param>
internal readonly record struct StoredSecret(string? Value, bool IsUnreadable)
{
    /// <summary>Never the secret itself.</summary>
    public override string ToString() => IsUnreadable ? "an unreadable secret" : Value is null ? "no secret" : "a secret";
}

/// <summary>Secrets in the catalogue, encrypted with the library's key ring, each under a purpose of its own.</summary>
internal sealed class SecretStore(IDbContextFactory<Catalogue> catalogues, CatalogueWriter writer, IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>A secret by its name.</summary>
    public async Task<StoredSecret> FindAsync(string name, CancellationToken ct)
    {
        await using var catalogue = await catalogues.CreateDbContextAsync(ct);
        var ciphertext = await catalogue.Secrets.AsNoTracking().Where(row => row.Name == name).Select(row => row.Ciphertext).FirstOrDefaultAsync(ct);
        if (ciphertext is null)
        {
            return default;
        }

        try
        {
            return new StoredSecret(Encoding.UTF8.GetString(Protector(name).Unprotect(ciphertext)), false);
        }
        catch (CryptographicException)
        {
            return new StoredSecret(null, true);
        }
    }

    /// <summary>Keeps a secret, in place of an older one of its name. On disk when this returns.</summary>
    /// <exception cref="CryptographicException">The key ring cannot be read or written.</exception>
    /// <exception cref="DbUpdateException">The catalogue cannot be written.</exception>
    /// <exception cref="System.Data.Common.DbException">The same, and that showed only at the end.</exception>
    public Task KeepAsync(string name, string value, CancellationToken ct)
    {
        var ciphertext = Protector(name).Protect(Encoding.UTF8.GetBytes(value));
        return writer.WriteAsync(
            async (catalogue, token) =>
            {
                if (await catalogue.Secrets.FindAsync([name], token) is not { } row)
                {
                    catalogue.Secrets.Add(row = new SecretRow { Name = name, Ciphertext = ciphertext });
                }

                row.Ciphertext = ciphertext;
                row.UpdatedAt = time.GetUtcNow().ToUnixTimeMilliseconds();
            },
            ct);
    }

    /// <summary>Forgets a secret; nothing happens when there is none.</summary>
    /// <exception cref="DbUpdateException">The catalogue cannot be written.</exception>
    /// <exception cref="System.Data.Common.DbException">The same, and that showed only at the end.</exception>
    public Task RemoveAsync(string name, CancellationToken ct) =>
        writer.WriteAsync(
            async (catalogue, token) =>
            {
                if (await catalogue.Secrets.FindAsync([name], token) is { } row)
                {
                    catalogue.Secrets.Remove(row);
                }
            },
            ct);

    private IDataProtector Protector(string name) => protection.CreateProtector("MusicRender.Library.Secrets", name);
}
