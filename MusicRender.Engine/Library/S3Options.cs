namespace MusicRender.Engine.Library;

/// <summary>A bucket for finished files: configuration section <c>MusicRender:Library:S3</c>. Without a bucket they are in the library's folder.</summary>
public sealed class S3Options
{
    /// <summary>The bucket's name, 3 to 63 characters; null or empty for the folder.</summary>
    public string? Bucket { get; set; }

    /// <summary>Where the storage answers, when it is not Amazon's: <c>https://s3.example.com</c>.</summary>
    public string? ServiceUrl { get; set; }

    /// <summary>The region; storages that have none take any.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>The access key's id; with the secret one, or both empty for what the machine itself may (environment, instance role).</summary>
    public string? AccessKey { get; set; }

    /// <summary>The secret access key.</summary>
    public string? SecretKey { get; set; }

    /// <summary>What all keys begin with: <c>studio/</c>. Empty for the bucket's root.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>True when the bucket stands in the path of addresses and not in the host's name, as most storages of one's own have it.</summary>
    public bool ForcePathStyle { get; set; }

    /// <summary>Whether a bucket is named.</summary>
    internal bool IsSet => !string.IsNullOrEmpty(Bucket);

    /// <summary>The prefix with a slash at its end, or empty.</summary>
    internal string Folder => Prefix.Trim('/') is { Length: > 0 } prefix ? prefix + "/" : "";

    /// <summary>What is wrong, with the setting's name; null when all is well.</summary>
    internal string? Problem() => this switch
    {
        { IsSet: false } => null,
        _ when Bucket!.Length is < 3 or > 63 || Bucket.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '.' or '_')) =>
            "MusicRender:Library:S3:Bucket must be a bucket's name: 3 to 63 letters, digits, dots and dashes.",
        _ when !string.IsNullOrEmpty(ServiceUrl) && !(Uri.TryCreate(ServiceUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") =>
            "MusicRender:Library:S3:ServiceUrl must be an address such as https://s3.example.com.",
        _ when string.IsNullOrEmpty(AccessKey) != string.IsNullOrEmpty(SecretKey) =>
            "MusicRender:Library:S3:AccessKey and :SecretKey go together: set both, or none for what the machine itself may.",
        _ when string.IsNullOrWhiteSpace(Region) => "MusicRender:Library:S3:Region must not be empty.",
        _ when Prefix.Any(letter => char.IsControl(letter) || letter == '\\') || Prefix.Split('/').Contains("..") =>
            "MusicRender:Library:S3:Prefix must be a plain path such as studio/.",
        _ => null,
    };
}
