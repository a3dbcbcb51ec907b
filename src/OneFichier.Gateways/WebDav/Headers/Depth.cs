namespace OneFichier.Gateways.WebDav;

/// <summary>How far below its place a request reaches (RFC 4918 §10.2).</summary>
internal enum Depth
{
    Zero,
    One,
    Infinity,
}
