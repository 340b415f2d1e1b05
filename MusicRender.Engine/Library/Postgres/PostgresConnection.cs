using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace MusicRender.Engine.Library.Postgres;

/// <summary>Where the catalogue's PostgreSQL is: <c>ConnectionStrings:MusicRender</c>, with what MusicRender wants where it says nothing.</summary>
internal sealed class PostgresConnection
{
    /// <summary>The configuration's name for it.</summary>
    public const string Setting = "ConnectionStrings:MusicRender";

    private readonly NpgsqlConnectionStringBuilder _settings;

    private PostgresConnection(NpgsqlConnectionStringBuilder settings) => _settings = settings;

    /// <summary>The connection string. It holds the password.</summary>
    public string Text => _settings.ConnectionString;

    /// <summary>Server and database, for people: never the password.</summary>
    public string Name => $"{_settings.Host}:{_settings.Port}/{_settings.Database}";

    /// <summary>The database's name.</summary>
    public string Database => _settings.Database!;

    /// <summary>Reads a connection string.</summary>
    /// <returns>Null when there is none: the catalogue is a file then.</returns>
    /// <exception cref="EngineStartException">It is not one of PostgreSQL's.</exception>
    public static PostgresConnection? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        NpgsqlConnectionStringBuilder? settings = null;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            // The driver's own words may quote a piece of the password.
        }

        if (settings?.Host is not { Length: > 0 })
        {
            throw new EngineStartException($"{Setting} is not a connection string of PostgreSQL. It looks like Host=db.example;Database=musicrender;Username=musicrender;Password=...; leave it out to keep the catalogue in the library's folder.");
        }

        settings.Database ??= "musicrender";
        settings.ApplicationName ??= "MusicRender";
        Default("Timeout", () => settings.Timeout = 10);
        // A hundred connections are what a server takes out of the box, and several nodes share them.
        Default("Maximum Pool Size", () => settings.MaxPoolSize = 20);
        Default("TCP Keepalive", () => settings.TcpKeepAlive = true);
        Default("TCP Keepalive Time", () => settings.TcpKeepAliveTime = 10);
        Default("TCP Keepalive Interval", () => settings.TcpKeepAliveInterval = 5);
        // Its texts would hold what was written.
        settings.IncludeErrorDetail = false;
        return new PostgresConnection(settings);

        void Default(string keyword, Action set)
        {
            if (!settings.ContainsKey(keyword))
            {
                set();
            }
        }
    }

    /// <summary>The same server with another database, or for one connection of its own.</summary>
    public string With(Action<NpgsqlConnectionStringBuilder> change)
    {
        var settings = new NpgsqlConnectionStringBuilder(Text);
        change(settings);
        return settings.ConnectionString;
    }

    /// <summary>The address of this machine that the database is reached from: other nodes, which reach it too, find this one there. Loopback when the database is here.</summary>
    public IPAddress FindOwnAddress()
    {
        var host = _settings.Host!.Split(',')[0].Split(':')[0];
        if (host.StartsWith('/') || host.StartsWith('@'))
        {
            return IPAddress.Loopback;
        }

        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            // Sends nothing: it only asks for the way there.
            socket.Connect(host, _settings.Port);
            return ((IPEndPoint)socket.LocalEndPoint!).Address;
        }
        catch (SocketException)
        {
            return IPAddress.Loopback;
        }
    }
}
