using OneFichier.Testing;

namespace OneFichier.Tests.Reading;

/// <summary>Every message of the service becomes the exception a caller can act on, by its text and by nothing else.</summary>
public sealed class ServiceMessageTests
{
    public static TheoryData<string, Type> Messages => new()
    {
        { "Flood detected: IP Locked", typeof(FichierFloodException) },
        { "Flood detected: User Locked", typeof(FichierFloodException) },
        { "Flood detected: User APK Locked", typeof(FichierFloodException) },
        { "IP Locked", typeof(FichierFloodException) },
        { "Your requests are too fast", typeof(FichierFloodException) },
        { "Not authenticated", typeof(FichierKeyException) },
        { "No such user", typeof(FichierKeyException) },
        { "Bad token", typeof(FichierKeyException) },
        { "Must be a customer (Premium, Access)", typeof(FichierSubscriptionException) },
        { "Owner locked", typeof(FichierLockedException) },
        { "More than 5 login try per 10 minutes", typeof(FichierLockedException) },
        { "Your account is locked", typeof(FichierLockedException) },
        { "Resource not found", typeof(FichierNotFoundException) },
        { "Resource not allowed", typeof(FichierAccessException) },
        { "Password not provided. Resource not allowed", typeof(FichierAccessException) },
        { "Invalid password. Resource not allowed", typeof(FichierAccessException) },
        { "Only 1 location allowed at a time", typeof(FichierLocationException) },
        { "Only 2 locations allowed at a time", typeof(FichierLocationException) },
        { "You use professional equipment, you must have CDN credits", typeof(FichierLocationException) },
        { "Premium status must not be used on professional services", typeof(FichierLocationException) },
        { "Premium status is only allowed to be used on residential connections", typeof(FichierLocationException) },
        { "This requires usage of CDN credits", typeof(FichierLocationException) },
        { "No file has been renamed", typeof(FichierRejectedException) },
        { "Content-Type not JSON", typeof(FichierRejectedException) },
        { "Another folder have that name", typeof(FichierRejectedException) },
        { "Another file have that name", typeof(FichierRejectedException) },
        { "The service is under maintenance", typeof(FichierUnavailableException) },
        { "Software error", typeof(FichierUnavailableException) },
        { "Can't connect DB", typeof(FichierUnavailableException) },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task A_message_is_known_in_any_case_with_any_number_under_any_status(string message, Type expected)
    {
        string[] spellings = [message, $"{message} #374", $"{message.ToUpperInvariant()} #9", $"{message.ToLowerInvariant()} #12345"];
        foreach (var (spelling, status) in spellings.SelectMany(s => new[] { (s, 200), (s, 403), (s, 404) }))
        {
            using var client = Refusing(spelling, status);
            var error = Assert.IsAssignableFrom<FichierException>(await Record.ExceptionAsync(() => client.Downloads.GetLinkAsync(FileLink.FromId("abcde"))));
            Assert.IsType(expected, error);
            Assert.Equal(spelling, error.ServiceText ?? "");
            Assert.NotEmpty(error.Known!.Cause);
            Assert.NotEmpty(error.Remedy);
        }
    }

    [Theory]
    [InlineData("Only 1 location allowed at a time #887", true)]
    [InlineData("Premium status must not be used on professional services #913", false)]
    public async Task A_second_address_passes_and_a_data_centre_does_not(string message, bool passes)
    {
        using var client = Refusing(message, 403);
        var error = await Assert.ThrowsAsync<FichierLocationException>(() => client.Downloads.GetLinkAsync(FileLink.FromId("abcde")));
        Assert.Equal((passes, passes, passes), (error.SecondAddress, error.IsTransient, error.RetryAt is not null));
    }

    [Fact]
    public void A_lock_of_minutes_and_a_lock_of_an_hour_are_told_apart()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), ServiceMessages.Match("Flood detected: IP Locked #412")!.Pause);
        Assert.Equal(TimeSpan.FromMinutes(5), ServiceMessages.Match("Flood detected: User Locked #223")!.Pause);
        Assert.Equal(TimeSpan.FromMinutes(5), ServiceMessages.Match("flood detected: user apk locked")!.Pause);
        Assert.Equal(TimeSpan.FromHours(1), ServiceMessages.Match("IP Locked")!.Pause);
    }

    [Theory]
    [InlineData("Pas de fichier trouvé dans l'envoi", ServiceReaction.Rejected)]
    [InlineData("NE PEUT OUVRIR LE FICHIER DESTINATION", ServiceReaction.Unavailable)]
    public void French_refusals_of_the_nodes_are_known(string text, ServiceReaction reaction) => Assert.Equal(reaction, ServiceMessages.Match(text)!.Reaction);

    [Fact]
    public void A_number_alone_decides_nothing_and_is_still_found_for_a_person()
    {
        Assert.Null(ServiceMessages.Match("Something new #374"));
        Assert.Equal("*Flood detected: IP Locked*", Assert.Single(ServiceMessages.WithNumber(374)).Pattern);
        Assert.Equal("Something #1 new", ServiceMessages.WithoutNumber(" Something #1 new #374 "));
    }

    [Fact]
    public async Task An_unknown_refusal_is_a_rejection_with_its_text()
    {
        using var client = Refusing("The moon is full #1", 403);
        var error = await Assert.ThrowsAsync<FichierRejectedException>(() => client.Downloads.GetLinkAsync(FileLink.FromId("abcde")));
        Assert.Contains("The moon is full", error.Message);
        Assert.False(error.IsTransient);
    }

    private static FichierClient Refusing(string message, int status) =>
        new ScriptedHandler(_ => ScriptedHandler.Json($$"""{"status":"KO","message":"{{message}}"}""", status)).Client(o => o with { Attempts = 1, MaxWait = TimeSpan.Zero });
}
