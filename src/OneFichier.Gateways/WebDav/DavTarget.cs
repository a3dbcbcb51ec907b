using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>A place as a request names it.</summary>
/// <param name="Path">Where it is in the volume.</param>
/// <param name="AsFolder">Whether it was written with a slash at its end, as only folders are.</param>
internal readonly record struct DavTarget(VolumePath Path, bool AsFolder);
