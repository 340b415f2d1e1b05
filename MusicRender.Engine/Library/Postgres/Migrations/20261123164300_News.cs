using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MusicRender.Engine.Library.Postgres.Migrations
{
    /// <summary>Tells every process on the catalogue what another may have in memory: see <see cref="PostgresNews"/>.</summary>
    [DbContext(typeof(PostgresCatalogue))]
    [Migration("20261123164300_News")]
    public partial class News : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                CREATE FUNCTION musicrender_tell() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM pg_notify('musicrender', TG_TABLE_NAME || ':' || CASE TG_TABLE_NAME
                        WHEN 'drafts' THEN to_jsonb(NEW) ->> 'Id' || ':' || (to_jsonb(NEW) ->> 'Version')
                        WHEN 'tracks' THEN to_jsonb(OLD) ->> 'Id'
                        ELSE to_jsonb(COALESCE(NEW, OLD)) ->> 'Name' END);
                    RETURN NULL;
                END $$;
                CREATE TRIGGER tell AFTER INSERT OR UPDATE ON drafts FOR EACH ROW EXECUTE FUNCTION musicrender_tell();
                CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON settings FOR EACH ROW EXECUTE FUNCTION musicrender_tell();
                CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON secrets FOR EACH ROW EXECUTE FUNCTION musicrender_tell();
                CREATE TRIGGER tell AFTER DELETE ON tracks FOR EACH ROW EXECUTE FUNCTION musicrender_tell();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP FUNCTION musicrender_tell() CASCADE");
        }
    }
}
