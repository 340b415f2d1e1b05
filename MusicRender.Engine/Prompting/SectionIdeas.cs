namespace MusicRender.Engine.Prompting;

/// <summary>Styles that suit a section, as MusicRender's own plan writer would choose them.</summary>
public static class SectionIdeas
{
    /// <summary>Wanted and unwanted styles for a section, foremost first; either may be empty.</summary>
    /// <param name="name">The section's name: "Chorus 2".</param>
    /// <param name="instruments">The plan's instruments, foremost first; may be empty.</param>
    /// <param name="namesBefore">The names of the sections before it.</param>
    /// <param name="hasLines">True when it is sung.</param>
    /// <param name="isSung">True when anything of the plan is sung.</param>
    public static (IReadOnlyList<string> Wanted, IReadOnlyList<string> Unwanted) Of(
        string name, IReadOnlyList<string> instruments, IEnumerable<string> namesBefore, bool hasLines, bool isSung)
    {
        var role = SectionRoles.Of(name);
        return SectionStyles.Of(role, "", instruments, namesBefore.Count(before => SectionRoles.Of(before) == role), hasLines, isSung);
    }
}
