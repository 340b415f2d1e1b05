namespace MusicRender.Engine.Generators;

/// <summary>Something that a generator will not play quite as a valid plan says.</summary>
/// <param name="Path">JSON path of the field: <c>sections[2].lines</c>.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record PlanRemark(string Path, string Message);
