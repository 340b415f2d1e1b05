namespace ElevenLabs.Simulator.Contract;

/// <summary>The calls' names, as faults use them.</summary>
public static class Endpoints
{
    /// <summary><c>POST /v1/music/plan</c></summary>
    public const string Plan = "plan";

    /// <summary><c>POST /v1/music/detailed</c></summary>
    public const string Detailed = "detailed";

    /// <summary><c>POST /v1/music/detailed/stream</c></summary>
    public const string Stream = "detailed/stream";

    /// <summary><c>POST /v1/music/stem-separation</c></summary>
    public const string Stems = "stem-separation";

    /// <summary><c>GET /v1/music/finetunes</c></summary>
    public const string Finetunes = "finetunes";

    /// <summary><c>GET /v1/user/subscription</c></summary>
    public const string Subscription = "subscription";
}
