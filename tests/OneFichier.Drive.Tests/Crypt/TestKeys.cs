using OneFichier.Drive.Crypt;

namespace OneFichier.Drive.Tests.Crypt;

/// <summary>Keys derived once for all tests: it takes a tenth of a second.</summary>
internal static class TestKeys
{
    public const string Password = "correct horse \u00e9";
    public const string Salt = "battery staple";

    public static CryptKeys Salted { get; } = CryptKeys.Derive(Password, Salt);

    public static CryptKeys Unsalted { get; } = CryptKeys.Derive(Password);
}
