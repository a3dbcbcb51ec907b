using System.Net;
using OneFichier.Server.Tokens;
using OneFichier.Testing;

namespace OneFichier.Server.Tests.Tokens;

public sealed class LoginThrottleTests
{
    private static readonly IPAddress Here = IPAddress.Parse("10.0.0.1");
    private static readonly IPAddress There = IPAddress.Parse("10.0.0.2");

    private readonly ManualTime _time = new();

    [Fact]
    public void The_wait_of_an_address_doubles_with_each_failure_up_to_a_quarter_of_an_hour()
    {
        var throttle = new LoginThrottle(_time);
        var waits = new List<double>();
        for (var n = 0; n < 16; n++)
        {
            throttle.Failed(Here, "u" + n);
            var wait = throttle.WaitOf(Here, "other");
            waits.Add(wait.TotalSeconds);
            _time.Advance(wait);
        }

        Assert.Equal([0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900], waits);
        Assert.Equal(TimeSpan.Zero, throttle.WaitOf(There, "other"));
    }

    [Fact]
    public void A_user_is_slowed_over_all_addresses_but_never_for_long()
    {
        var throttle = new LoginThrottle(_time);
        for (var n = 0; n < 40; n++)
            throttle.Failed(IPAddress.Parse($"10.1.0.{n}"), "nas");
        Assert.Equal(TimeSpan.FromMinutes(1), throttle.WaitOf(There, "nas"));
        Assert.Equal(TimeSpan.Zero, throttle.WaitOf(There, "tv"));
    }

    [Fact]
    public void Whoever_got_in_lately_goes_on_whatever_others_do()
    {
        var throttle = new LoginThrottle(_time);
        throttle.Succeeded(Here, "nas");
        for (var n = 0; n < 50; n++)
        {
            throttle.Failed(There, "nas");
            throttle.Failed(Here, "tv");
        }

        Assert.Equal(TimeSpan.Zero, throttle.WaitOf(Here, "nas"));
        Assert.True(throttle.WaitOf(There, "nas") > TimeSpan.Zero);
        Assert.True(throttle.WaitOf(Here, "tv") > TimeSpan.Zero);
        _time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(TimeSpan.Zero, throttle.WaitOf(Here, "tv"));
    }

    [Fact]
    public void A_known_address_that_guesses_itself_is_known_no_more()
    {
        var throttle = new LoginThrottle(_time);
        throttle.Succeeded(Here, "nas");
        for (var n = 0; n < 8; n++)
            throttle.Failed(Here, "nas");
        Assert.True(throttle.WaitOf(Here, "nas") > TimeSpan.Zero);
    }

    [Fact]
    public void A_network_of_IPv6_is_one_address_and_IPv4_is_the_same_in_both_forms()
    {
        var throttle = new LoginThrottle(_time);
        for (var n = 1; n <= 8; n++)
            throttle.Failed(IPAddress.Parse($"2001:db8:1:2::{n}"), "u");
        Assert.True(throttle.WaitOf(IPAddress.Parse("2001:db8:1:2:ffff::1"), "x") > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, throttle.WaitOf(IPAddress.Parse("2001:db8:1:3::1"), "x"));
        for (var n = 0; n < 8; n++)
            throttle.Failed(Here.MapToIPv6(), "v");
        Assert.True(throttle.WaitOf(Here, "x") > TimeSpan.Zero);
    }

    [Fact]
    public void What_is_remembered_has_an_end()
    {
        var throttle = new LoginThrottle(_time, new LoginThrottleOptions { Entries = 100 });
        for (var n = 0; n < 5_000; n++)
        {
            throttle.Failed(new IPAddress(n + 0x0a000000L), new string('x', 5_000) + n);
            throttle.Succeeded(new IPAddress(n + 0x0b000000L), "u" + n);
        }

        Assert.InRange(throttle.Remembered, 1, 300);
    }
}
