using System.Text;

namespace MusicRender.Benchmarks.Studio;

/// <summary>One node of a page: an element, a text, or what holds a component's or a region's nodes together.</summary>
internal sealed class PageNode
{
    /// <summary>The element's name; null for anything else.</summary>
    public string? Name { get; init; }

    /// <summary>The component whose nodes these are, or null.</summary>
    public int? Component { get; init; }

    /// <summary>The text or markup.</summary>
    public string Text { get; set; } = "";

    /// <summary>Attributes that are texts.</summary>
    public Dictionary<string, string> Attributes { get; } = [];

    /// <summary>Handlers by the event's name: "onclick".</summary>
    public Dictionary<string, long> Handlers { get; } = [];

    /// <summary>What is within, regions resolved.</summary>
    public List<PageNode> Children { get; set; } = [];
}

/// <summary>
/// A page without a screen: applies the render batches of a circuit as a browser does, so that a benchmark finds the same
/// elements and handlers. The format is the one of ASP.NET's RenderBatchWriter.
/// </summary>
internal sealed class PageTree
{
    private readonly Dictionary<int, PageNode> _components = [];

    /// <summary>The first element that a condition holds for, in any component.</summary>
    public PageNode? Find(Func<PageNode, bool> condition) => _components.Values.Select(root => FindIn(root, condition)).FirstOrDefault(found => found is not null);

    /// <summary>All text within a node, components left out.</summary>
    public string TextOf(PageNode node)
    {
        var text = new StringBuilder();
        Gather(node);
        return text.ToString();

        void Gather(PageNode from)
        {
            text.Append(from.Text);
            foreach (var child in from.Children)
            {
                Gather(child is { Component: { } id } ? _components.GetValueOrDefault(id, child) : child);
            }
        }
    }

    /// <summary>Applies a batch.</summary>
    public void Apply(byte[] batch)
    {
        var frames = new BatchFrames(batch);
        foreach (var (component, edits) in frames.Diffs())
        {
            if (!_components.TryGetValue(component, out var root))
            {
                _components[component] = root = new PageNode();
            }

            Edit(root, frames, edits);
        }

        foreach (var gone in frames.DisposedComponents())
        {
            _components.Remove(gone);
        }
    }

    private static PageNode? FindIn(PageNode node, Func<PageNode, bool> condition)
    {
        foreach (var child in node.Children)
        {
            if (child.Name is not null && condition(child))
            {
                return child;
            }

            if (FindIn(child, condition) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static void Edit(PageNode root, BatchFrames frames, IEnumerable<BatchEdit> edits)
    {
        var path = new Stack<PageNode>([root]);
        var moves = new List<(int From, int To)>();
        foreach (var edit in edits)
        {
            var within = path.Peek();
            switch (edit.Type)
            {
                case 1:
                    var at = edit.Sibling;
                    foreach (var node in frames.Nodes(edit.Value))
                    {
                        within.Children.Insert(at++, node);
                    }

                    break;
                case 2:
                    within.Children.RemoveAt(edit.Sibling);
                    break;
                case 3:
                    frames.SetAttribute(within.Children[edit.Sibling], edit.Value);
                    break;
                case 4:
                    within.Children[edit.Sibling].Attributes.Remove(edit.Name!);
                    within.Children[edit.Sibling].Handlers.Remove(edit.Name!);
                    break;
                case 5 or 8:
                    within.Children[edit.Sibling].Text = frames.TextAt(edit.Value);
                    break;
                case 6:
                    path.Push(within.Children[edit.Sibling]);
                    break;
                case 7:
                    path.Pop();
                    break;
                case 9:
                    moves.Add((edit.Sibling, edit.Value));
                    break;
                case 10:
                    var before = within.Children.ToArray();
                    foreach (var (from, to) in moves)
                    {
                        within.Children[to] = before[from];
                    }

                    moves.Clear();
                    break;
                default:
                    throw new InvalidDataException($"Edit {edit.Type} is not known.");
            }
        }
    }
}
