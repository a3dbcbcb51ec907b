namespace OneFichier.Gateways;

/// <summary>The form in which a face answers failures, its own and those of the guard before it. Without one they are plain text.</summary>
/// <param name="ContentType">The media type.</param>
/// <param name="Write">Makes the body.</param>
public sealed record ErrorForm(string ContentType, Func<GatewayError, byte[]> Write);
