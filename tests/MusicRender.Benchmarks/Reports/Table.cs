using System.Globalization;

namespace MusicRender.Benchmarks.Reports;

/// <summary>One table of figures, with notes below it.</summary>
internal sealed class Table(string title, params string[] columns)
{
    private readonly List<object[]> _rows = [];
    private readonly List<string> _notes = [];

    /// <summary>What it is about.</summary>
    public string Title => title;

    /// <summary>What each cell of a row is, with its unit.</summary>
    public IReadOnlyList<string> Columns => columns;

    /// <summary>The rows: texts and numbers.</summary>
    public IReadOnlyList<IReadOnlyList<object>> Rows => _rows;

    /// <summary>What a reader must know beside the figures.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Adds a row, one cell a column.</summary>
    public void Add(params object[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, columns.Length);
        _rows.Add(cells);
    }

    /// <summary>Adds a note.</summary>
    public void Note(string note) => _notes.Add(note);

    /// <summary>A cell as people read it: three figures that count.</summary>
    public static string Text(object cell) => cell switch
    {
        double number when Math.Abs(number) >= 100 => number.ToString("0", CultureInfo.InvariantCulture),
        double number when Math.Abs(number) >= 10 => number.ToString("0.0", CultureInfo.InvariantCulture),
        double number => number.ToString("0.00", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };

    /// <summary>The table as Markdown; it reads as plain text too.</summary>
    public string ToMarkdown()
    {
        string[][] lines = [[.. columns], .. _rows.Select(row => row.Select(Text).ToArray())];
        var widths = columns.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        string Line(string[] cells) => $"| {string.Join(" | ", cells.Select((cell, column) => IsNumber(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])))} |";
        var rule = $"| {string.Join(" | ", widths.Select((width, column) => IsNumber(column) ? new string('-', width - 1) + ":" : new string('-', width)))} |";
        return string.Join('\n', [$"## {title}", "", Line(lines[0]), rule, .. lines.Skip(1).Select(Line), "", .. _notes.SelectMany(note => new[] { note, "" })]);
    }

    private bool IsNumber(int column) => _rows.Count > 0 && _rows.All(row => row[column] is double or int or long);
}
