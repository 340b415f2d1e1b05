using Xunit;

namespace MusicRender.Web.Tests.Server;

/// <summary>Tests that share one server as it comes out of the box.</summary>
[CollectionDefinition]
public sealed class SharedApp : ICollectionFixture<MusicRenderApp>;

/// <summary>Tests that share one server with an ElevenLabs account.</summary>
[CollectionDefinition]
public sealed class SharedElevenLabsApp : ICollectionFixture<ElevenLabsApp>;

/// <summary>Tests that share one server where much is wrong.</summary>
[CollectionDefinition]
public sealed class SharedTroubledApp : ICollectionFixture<TroubledApp>;

/// <summary>Tests that share one server that wants a token.</summary>
[CollectionDefinition]
public sealed class SharedGuardedApp : ICollectionFixture<GuardedApp>;

/// <summary>Tests that share one server with its finished files in a bucket.</summary>
[CollectionDefinition]
public sealed class SharedS3App : ICollectionFixture<S3App>;

/// <summary>Tests that measure the whole process: nothing else runs beside them.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class LoneApp : ICollectionFixture<MusicRenderApp>;
