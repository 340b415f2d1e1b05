using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MusicRender.Engine.Library;
using Npgsql;
using Xunit;

namespace MusicRender.Engine.Tests.Library;

public sealed class CatalogueTroubleTests
{
    [Theory]
    [InlineData("53100", "The disk of the library's database is full. Free some space, then render again.")]
    [InlineData("25006", "The library's database can only be read. Check it, then render again.")]
    [InlineData("57P01", "The library's database does not answer. Check it, then render again.")]
    [InlineData("57P03", "The library's database does not answer. Check it, then render again.")]
    [InlineData("53300", "The library's database does not answer. Check it, then render again.")]
    [InlineData("57P05", "The library's database does not answer. Check it, then render again.")]
    [InlineData("57014", "The library's database is too busy. Wait a moment, then render again.")]
    [InlineData("55P03", "The library's database is too busy. Wait a moment, then render again.")]
    [InlineData("53200", "The library's database is too busy. Wait a moment, then render again.")]
    [InlineData("42501", "The library's database can only be read. Check it, then render again.")]
    [InlineData("08006", "The library's database does not answer. Check it, then render again.")]
    [InlineData("22021", "The library's catalogue could not be written to. Check the disk and the server's log, then render again.")]
    public void Troubles_OfPostgres_AreSaidInWords(string state, string expected)
    {
        var exception = new DbUpdateException("no", new PostgresException("no", "ERROR", "ERROR", state));
        Assert.Equal(expected, CatalogueTrouble.Explain(exception, "render again"));
    }

    [Fact]
    public void Connection_ThatBreaks_IsADatabaseThatDoesNotAnswer()
    {
        Assert.Equal(TroubleKind.Unavailable, CatalogueTrouble.Of(new DbUpdateException("no", new NpgsqlException("no", new IOException("reset")))));
        Assert.Equal("The library's database does not answer. Check it, then try again.", CatalogueTrouble.Explain(new NpgsqlException("no", new IOException("reset")), "try again"));
    }

    [Fact]
    public void Name_ThatDoesNotResolve_IsADatabaseThatDoesNotAnswerAndPasses()
    {
        // It comes as it is: the driver does not wrap it.
        var exception = new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound);
        Assert.Equal(TroubleKind.Unavailable, CatalogueTrouble.Of(exception));
        Assert.True(CatalogueTrouble.IsPassing(exception));
    }

    [Theory]
    [InlineData("53100", false)]
    [InlineData("42501", false)]
    [InlineData("23505", false)]
    [InlineData("53400", false)]
    [InlineData("28P01", false)]
    [InlineData("25006", true)]
    [InlineData("25P03", true)]
    [InlineData("25P04", true)]
    [InlineData("40000", true)]
    [InlineData("40003", true)]
    [InlineData("40P01", true)]
    [InlineData("53000", true)]
    [InlineData("53200", true)]
    [InlineData("55P03", true)]
    [InlineData("57014", true)]
    [InlineData("57P05", true)]
    [InlineData("40001", true)]
    [InlineData("57P03", true)]
    [InlineData("53300", true)]
    public void Troubles_OfPostgres_PassByThemselvesOrDoNot(string state, bool isPassing) =>
        Assert.Equal(isPassing, CatalogueTrouble.IsPassing(new DbUpdateException("no", new PostgresException("no", "ERROR", "ERROR", state))));

    [Theory]
    [InlineData(13, "The library's disk is full. Free some space, then render again.")]
    [InlineData(8, "The library's catalogue cannot be written to. Check the folder's permissions, then render again.")]
    [InlineData(14, "The library's catalogue cannot be written to. Check the folder's permissions, then render again.")]
    [InlineData(19, "The library's catalogue could not be written to. Check the disk and the server's log, then render again.")]
    public void Troubles_OfSqlite_AreSaidInWords(int code, string expected) =>
        Assert.Equal(expected, CatalogueTrouble.Explain(new DbUpdateException("no", new SqliteException("no", code)), "render again"));
}
