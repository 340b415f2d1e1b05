using System.Buffers.Binary;
using System.Text;

namespace MusicRender.Benchmarks.Studio;

/// <summary>One step of changing a component.</summary>
/// <param name="Type">1 prepend a frame, 2 remove, 3 set an attribute, 4 remove one, 5 text, 6 step in, 7 step out, 8 markup, 9 and 10 permutations.</param>
/// <param name="Sibling">Which child.</param>
/// <param name="Value">A frame, or the place to move to.</param>
/// <param name="Name">The attribute that is removed, or null.</param>
internal readonly record struct BatchEdit(int Type, int Sibling, int Value, string? Name);

/// <summary>Reads one render batch: tables of numbers of 32 bits, little-endian, and strings behind them.</summary>
internal sealed class BatchFrames(byte[] batch)
{
    private const int FrameBytes = 20;
    private const int EditBytes = 16;

    /// <summary>The components that change, each with its steps.</summary>
    public IEnumerable<(int Component, IEnumerable<BatchEdit> Edits)> Diffs()
    {
        var table = Number(batch.Length - 20);
        for (var at = 0; at < Number(table); at++)
        {
            var diff = Number(table + 4 + (4 * at));
            yield return (Number(diff), Edits(diff + 4));
        }
    }

    /// <summary>The components that are gone.</summary>
    public IEnumerable<int> DisposedComponents()
    {
        var table = Number(batch.Length - 12);
        return Enumerable.Range(0, Number(table)).Select(at => Number(table + 4 + (4 * at)));
    }

    /// <summary>The nodes that a frame stands for: one, or those of a region.</summary>
    public IReadOnlyList<PageNode> Nodes(int frame)
    {
        var at = frame;
        return Take(ref at);
    }

    /// <summary>The text or markup of a frame.</summary>
    public string TextAt(int frame) => String(Number(Frame(frame) + 4)) ?? "";

    /// <summary>Sets an attribute or a handler as a frame has it.</summary>
    public void SetAttribute(PageNode node, int frame)
    {
        var start = Frame(frame);
        var name = String(Number(start + 4))!;
        var handler = BinaryPrimitives.ReadInt64LittleEndian(batch.AsSpan(start + 12));
        if (handler > 0)
        {
            node.Handlers[name] = handler;
        }
        else
        {
            node.Attributes[name] = String(Number(start + 8)) ?? "";
        }
    }

    private IEnumerable<BatchEdit> Edits(int start)
    {
        for (var at = 0; at < Number(start); at++)
        {
            var edit = start + 4 + (EditBytes * at);
            yield return new BatchEdit(Number(edit), Number(edit + 4), Number(edit + 8), String(Number(edit + 12)));
        }
    }

    private List<PageNode> Take(ref int frame)
    {
        var start = Frame(frame);
        switch (Number(start))
        {
            case 1:
                var node = new PageNode { Name = String(Number(start + 8)) };
                var end = frame + Number(start + 4);
                for (frame++; frame < end;)
                {
                    if (Number(Frame(frame)) == 3)
                    {
                        SetAttribute(node, frame++);
                    }
                    else
                    {
                        node.Children.AddRange(Take(ref frame));
                    }
                }

                return [node];
            case 4:
                // Its parameters are on the server; its own nodes come as another component's.
                var component = new PageNode { Component = Number(start + 8) };
                frame += Number(start + 4);
                return [component];
            case 5:
                var nodes = new List<PageNode>();
                var last = frame + Number(start + 4);
                for (frame++; frame < last;)
                {
                    nodes.AddRange(Take(ref frame));
                }

                return nodes;
            case 2 or 8:
                var text = new PageNode { Text = TextAt(frame) };
                frame++;
                return [text];
            default:
                frame++;
                return [];
        }
    }

    private int Frame(int index) => Number(batch.Length - 16) + 4 + (FrameBytes * index);

    private int Number(int at) => BinaryPrimitives.ReadInt32LittleEndian(batch.AsSpan(at));

    private string? String(int index)
    {
        if (index < 0)
        {
            return null;
        }

        var at = Number(Number(batch.Length - 4) + (4 * index));
        var (length, shift) = (0, 0);
        byte group;
        do
        {
            group = batch[at++];
            length |= (group & 127) << shift;
            shift += 7;
        }
        while (group > 127);

        return Encoding.UTF8.GetString(batch, at, length);
    }
}
