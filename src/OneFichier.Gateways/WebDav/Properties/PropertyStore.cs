using System.Xml.Linq;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>
/// Properties that clients have set and that mean nothing here (dead ones, RFC 4918 §4.1): kept as the XML they came as, bounded together, and moved and copied with what they belong to.
/// </summary>
internal sealed class PropertyStore(WebDavOptions options)
{
    private const int Overhead = 200;

    private readonly Lock _gate = new();
    private readonly Dictionary<VolumePath, Dictionary<XName, XElement>> _all = [];
    private long _bytes;

    public IReadOnlyDictionary<XName, XElement> Of(VolumePath path)
    {
        lock (_gate)
            return _all.TryGetValue(path, out var here) ? new Dictionary<XName, XElement>(here) : [];
    }

    /// <summary>Whether so much more can be kept.</summary>
    public bool HasRoomFor(IEnumerable<XElement> values)
    {
        lock (_gate)
            return _bytes + values.Sum(Cost) <= options.MaxPropertyBytes;
    }

    public void Set(VolumePath path, XElement value)
    {
        lock (_gate)
        {
            if (!_all.TryGetValue(path, out var here))
                _all.Add(path, here = []);
            Drop(here, value.Name);
            here[value.Name] = value;
            _bytes += Cost(value);
        }
    }

    public void Remove(VolumePath path, XName name)
    {
        lock (_gate)
        {
            if (!_all.TryGetValue(path, out var here))
                return;
            Drop(here, name);
            if (here.Count == 0)
                _all.Remove(path);
        }
    }

    /// <summary>Forgets those of a place and of all below it.</summary>
    public void RemoveTree(VolumePath path)
    {
        lock (_gate)
        {
            foreach (var gone in _all.Keys.Where(p => p.IsWithin(path)).ToList())
            {
                _all.Remove(gone, out var here);
                _bytes -= here!.Values.Sum(Cost);
            }
        }
    }

    /// <summary>Gives a copy those of its original, in the place of what was there; the oldest bound still holds, so of many the last may stay behind.</summary>
    public void Copy(VolumePath from, VolumePath target)
    {
        var originals = Of(from).Values.Select(v => new XElement(v)).ToList();
        foreach (var name in Of(target).Keys)
            Remove(target, name);
        foreach (var value in originals.Where(v => HasRoomFor([v])))
            Set(target, value);
    }

    /// <summary>Takes those of a tree along to its new place.</summary>
    public void MoveTree(VolumePath from, VolumePath target)
    {
        lock (_gate)
        {
            foreach (var old in _all.Keys.Where(p => p.IsWithin(from)).ToList())
            {
                _all.Remove(old, out var here);
                _all[Moved(old, from, target)] = here!;
            }
        }
    }

    private static VolumePath Moved(VolumePath path, VolumePath from, VolumePath target) =>
        target.Combine(VolumePath.Parse(path.ToString()[from.ToString().Length..]));

    private static long Cost(XElement value) => Overhead + value.ToString(SaveOptions.DisableFormatting).Length * 2L;

    private void Drop(Dictionary<XName, XElement> here, XName name)
    {
        if (here.Remove(name, out var old))
            _bytes -= Cost(old);
    }
}
