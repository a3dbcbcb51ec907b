using OneFichier.Names;

namespace OneFichier.Drive.Migration;

/// <summary>Paths as manifests keep them: every name in the form the service would store it, which any database can hold.</summary>
internal static class PathText
{
    public static string Write(VolumePath path) => string.Join('/', path.Segments.Select(ServiceName.Encode));

    public static VolumePath Read(string text) => text.Length == 0 ? VolumePath.Root : text.Split('/').Aggregate(VolumePath.Root, (path, name) => path.Combine(ServiceName.Decode(name)));
}
