using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MusicRender.Engine.Library;

/// <summary>The stores, over the folder or the bucket that is configured.</summary>
internal static class AudioFilesServices
{
    public static void AddAudioFiles(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<LibraryOptions>, S3Check>();
        services.AddSingleton<IAudioFiles>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<LibraryOptions>>().Value;
            var root = Path.GetFullPath(options.Root);
            return options.S3.IsSet ? S3Files.Of(options.S3, root) : new FolderFiles(root);
        });
        services.AddSingleton(provider => new AudioStore(
            provider.GetRequiredService<IOptions<LibraryOptions>>(),
            provider.GetRequiredService<IAudioFiles>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AudioStore>>()));
        services.AddSingleton(provider => new StemStore(provider.GetRequiredService<IOptions<LibraryOptions>>(), provider.GetRequiredService<IAudioFiles>()));
        services.AddSingleton(provider => new MadeFileStore(provider.GetRequiredService<IOptions<LibraryOptions>>(), provider.GetRequiredService<IAudioFiles>()));
    }

    /// <summary>A bucket's settings that make no sense stop the start.</summary>
    private sealed class S3Check : IValidateOptions<LibraryOptions>
    {
        public ValidateOptionsResult Validate(string? name, LibraryOptions options) =>
            options.S3.Problem() is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
    }
}
