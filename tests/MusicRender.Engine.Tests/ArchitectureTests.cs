using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Xunit;

namespace MusicRender.Engine.Tests;

/// <summary>The arrows of the design: each folder uses only those to its right.</summary>
public sealed class ArchitectureTests
{
    private const string Root = "MusicRender.Engine";

    private static readonly Architecture Engine = new ArchLoader().LoadAssembly(typeof(EngineServices).Assembly).Build();

    /// <summary>Folder → the folders it may use, beside itself.</summary>
    public static TheoryData<string, string[]> Arrows => new()
    {
        { "Plan", [] },
        { "Prompting", ["Plan"] },
        { "Audio", ["Plan"] },
        { "Generators", ["Plan", "Audio"] },
        { "Generators.Sketch.Reading", ["Plan", "Generators.Sketch.SeededRandom"] },
        { "Generators.Sketch.Arranging", ["Plan", "Audio", "Generators.Sketch.Reading", "Generators.Sketch.SeededRandom"] },
        { "Generators.Sketch.Synthesis", ["Plan", "Audio", "Generators.Sketch.Reading", "Generators.Sketch.Arranging", "Generators.Sketch.SeededRandom"] },
        { "Library", ["Plan", "Audio", "EngineStartException"] },
        { "Rendering", ["Plan", "Prompting", "Audio", "Generators", "Library"] },
        { "Jobs", ["Plan", "Prompting", "Audio", "Generators", "Library", "Rendering", "EngineStartException"] },
    };

    [Theory]
    [MemberData(nameof(Arrows))]
    public void Folder_UsesOnly_WhatItsArrowsAllow(string folder, string[] allowed)
    {
        var types = Engine.Types.Where(type => IsIn(type, folder)).ToList();
        Assert.NotEmpty(types);
        var violations = types
            .SelectMany(type => type.Dependencies.Select(dependency => (From: type, To: dependency.Target)))
            .Where(use => IsOfTheEngine(use.To) && !IsIn(use.To, folder) && !allowed.Any(other => IsIn(use.To, other)))
            .Select(use => $"{use.From.FullName} uses {use.To.FullName}")
            .Distinct()
            .ToList();
        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }

    [Fact]
    public void Folders_ThatHaveNoArrows_AreNotThere()
    {
        var known = Arrows.Select(row => row.Data.Item1.Split('.')[0]).ToHashSet();
        var folders = Engine.Types.Where(IsOfTheEngine).Select(type => FolderOf(type).Split('.')[0]).Where(folder => folder.Length > 0).Distinct();
        Assert.DoesNotContain(folders, folder => !known.Contains(folder));
    }

    [Fact]
    public void Generators_DoNotKnowEachOther()
    {
        var ofGenerators = Engine.Types.Where(type => FolderOf(type).StartsWith("Generators", StringComparison.Ordinal)).ToList();
        var common = ofGenerators.Where(type => FolderOf(type) == "Generators").SelectMany(type => type.Dependencies).Where(dependency => IsOfTheEngine(dependency.Target) && FolderOf(dependency.Target).StartsWith("Generators.", StringComparison.Ordinal));
        Assert.Empty(common.Select(dependency => $"{dependency.Origin.FullName} uses {dependency.Target.FullName}").Distinct());
    }

    private static bool IsOfTheEngine(IType type) => type.FullName == Root || type.FullName.StartsWith(Root + ".", StringComparison.Ordinal);

    private static string FolderOf(IType type) => type.Namespace.FullName.Length > Root.Length ? type.Namespace.FullName[(Root.Length + 1)..] : "";

    /// <summary>A type is in a folder, or in one below it, or is named itself.</summary>
    private static bool IsIn(IType type, string folder) =>
        FolderOf(type) == folder || FolderOf(type).StartsWith(folder + ".", StringComparison.Ordinal) || type.FullName == $"{Root}.{folder}";
}
