using System.Text;
using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.Http;

/// <summary>The music and films of a folder, as an M3U playlist of addresses that stay.</summary>
internal sealed class Playlist(HttpRequest request, Func<Entry, string> urlOf, int most)
{
    private readonly StringBuilder _text = new("#EXTM3U\n");
    private int _count;

    public bool IsFull => _count >= most;

    public void Add(FolderContents contents)
    {
        if (ListingNote.Of(contents) is { } doubt)
            _text.Append("# ").Append(OneLine(doubt)).Append('\n');
        foreach (var file in contents.Addressable().Where(e => !e.IsFolder && MediaTypes.IsPlayable(MediaTypes.Of(e))))
        {
            if (_count++ < most)
                _text.Append("#EXTINF:-1,").Append(OneLine(file.Name)).Append('\n').Append(Origin).Append(urlOf(file)).Append('\n');
            else if (_count == most + 1)
                _text.Append("# There are more files than a playlist may name.\n");
        }
    }

    public override string ToString() => _text.ToString();

    private string Origin => $"{request.Scheme}://{request.Host.ToUriComponent()}";

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
