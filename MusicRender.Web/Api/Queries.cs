using System.Globalization;
using MusicRender.Engine.Plan;
using MusicRender.Web.Api.Documents;

namespace MusicRender.Web.Api;

/// <summary>Reads the query of an address; what is wrong with it goes on one list.</summary>
internal static class Queries
{
    private const int MaxPage = 1_000_000;
    private const int MaxPageSize = 100;

    /// <summary>What the contract says of <c>page</c>.</summary>
    public static QueryDoc PageDoc { get; } = new("page", "The page, from 1 on.") { Least = 1, Most = MaxPage, Otherwise = "1" };

    /// <summary>What the contract says of <c>page_size</c>.</summary>
    public static QueryDoc PageSizeDoc(int otherwise) => new("page_size", "How much is on a page.") { Least = 1, Most = MaxPageSize, Otherwise = $"{otherwise}" };

    /// <summary>The page asked for, from 1 on.</summary>
    public static int Page(this HttpRequest request, List<PlanProblem> problems) => request.Number("page", 1, MaxPage, 1, problems);

    /// <summary>How much is on a page, 1 to 100.</summary>
    public static int PageSize(this HttpRequest request, int otherwise, List<PlanProblem> problems) => request.Number("page_size", 1, MaxPageSize, otherwise, problems);

    /// <summary>One of a few words; null when it is not there.</summary>
    public static string? Choice(this HttpRequest request, string name, IReadOnlyList<string> choices, List<PlanProblem> problems)
    {
        if (request.Query[name].FirstOrDefault() is not { } text || choices.Contains(text))
        {
            return request.Query[name].FirstOrDefault();
        }

        problems.Add(new PlanProblem(name, $"must be one of {string.Join(", ", choices)}"));
        return null;
    }

    /// <summary>A whole number within limits.</summary>
    public static int Number(this HttpRequest request, string name, int least, int most, int otherwise, List<PlanProblem> problems)
    {
        if (request.Query[name].FirstOrDefault() is not { } text)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
        {
            return value;
        }

        problems.Add(new PlanProblem(name, $"must be a whole number from {least} to {most}"));
        return otherwise;
    }
}
