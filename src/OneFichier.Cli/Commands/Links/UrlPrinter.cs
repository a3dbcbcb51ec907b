using System.Text.Json.Serialization.Metadata;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

/// <summary>Prints links as they come, each out at once, so that what was got is there whatever ends the run. A JSON document comes whole, at the end.</summary>
internal sealed class UrlPrinter(Call call, UrlFormat? format)
{
    private readonly List<UrlShape> _kept = [];
    private bool _begun;

    /// <param name="call">The run.</param>
    /// <param name="name">The format; <c>--json</c> goes before.</param>
    /// <param name="formats">Where formats are found.</param>
    public static UrlPrinter For(Call call, string name, Func<string, UrlFormat> formats) => new(call, call.Screen.Json || name == "json" ? null : formats(name));

    /// <summary>How many came.</summary>
    public int Count { get; private set; }

    public void Print(UrlShape url)
    {
        Count++;
        if (format is null)
        {
            _kept.Add(url);
            return;
        }

        Begin();
        call.Screen.Out.Write(format.Item(url));
        call.Screen.Out.Flush();
    }

    /// <summary>Prints what belongs at the end.</summary>
    public void End<T>(Func<UrlShape, T> shape, JsonTypeInfo<T[]> type)
    {
        if (format is null)
        {
            call.Screen.Document([.. _kept.Select(shape)], type);
            return;
        }

        Begin();
        call.Screen.Out.Write(format.Tail);
    }

    private void Begin()
    {
        if (!_begun)
            call.Screen.Out.Write(format!.Head);

        _begun = true;
    }
}
