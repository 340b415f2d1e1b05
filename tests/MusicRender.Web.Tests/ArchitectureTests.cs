using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Xunit;

namespace MusicRender.Web.Tests;

/// <summary>The arrows between the folders of the web program.</summary>
public sealed class ArchitectureTests
{
    private const string Root = "MusicRender.Web.";

    private static readonly Architecture Web = new ArchLoader().LoadAssembly(typeof(Program).Assembly).Build();

    [Theory]
    [InlineData("Contracts", "Api", "RenderSocket", "Studio", "Components")]
    [InlineData("Api", "Access", "Studio", "Components")]
    [InlineData("RenderSocket", "Studio", "Components")]
    [InlineData("Access", "Contracts", "Studio")]
    [InlineData("Studio", "Contracts", "Api", "RenderSocket")]
    [InlineData("Components", "Contracts", "Api", "RenderSocket")]
    public void Folder_DoesNotUse_WhatItsArrowsForbid(string folder, params string[] forbidden)
    {
        var types = Web.Types.Where(type => IsIn(type, folder)).ToList();
        Assert.NotEmpty(types);
        var violations = types
            .SelectMany(type => type.Dependencies)
            .Where(use => forbidden.Any(other => IsIn(use.Target, other)))
            .Select(use => $"{use.Origin.FullName} uses {use.Target.FullName}")
            .Distinct();
        Assert.Empty(violations);
    }

    private static bool IsIn(IType type, string folder) => type.FullName.StartsWith($"{Root}{folder}.", StringComparison.Ordinal);
}
