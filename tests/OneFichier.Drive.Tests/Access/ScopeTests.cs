using System.Net;
using OneFichier.Drive.Access;

namespace OneFichier.Drive.Tests.Access;

public sealed class ScopeTests
{
    [Theory]
    [InlineData("192.168.0.0/16", "192.168.200.3", true)]
    [InlineData("192.168.0.0/16", "::ffff:192.168.200.3", true)]
    [InlineData("192.168.0.0/16", "192.169.0.1", false)]
    [InlineData("192.168.0.0/16", "::1", false)]
    [InlineData("10.1.2.3/32", "10.1.2.3", true)]
    [InlineData("10.1.2.3/32", "10.1.2.4", false)]
    [InlineData("fd00:1234::/32", "fd00:1234:5::6", true)]
    [InlineData("fd00:1234::/32", "fd00:1235::6", false)]
    [InlineData("0.0.0.0/0", "8.8.8.8", true)]
    [InlineData("::/0", "8.8.8.8", false)]
    public void A_network_rule_is_about_the_address_that_is_meant(string network, string address, bool isIn) =>
        Assert.Equal(isIn, new AccessScope { Networks = [IPNetwork.Parse(network)] }.Refuses("http", IPAddress.Parse(address)) is null);

    [Fact]
    public void A_face_rule_names_the_faces()
    {
        var scope = new AccessScope { Faces = ["webdav", "http"] };
        Assert.Null(scope.Refuses("http", IPAddress.Loopback));
        Assert.NotNull(scope.Refuses("restic", IPAddress.Loopback));
        Assert.Null(new AccessScope().Refuses("restic", IPAddress.Loopback));
    }

    [Fact]
    public void A_scope_ends_at_its_moment()
    {
        var end = DateTimeOffset.UnixEpoch;
        Assert.False(new AccessScope { Expires = end }.HasEnded(end.AddTicks(-1)));
        Assert.True(new AccessScope { Expires = end }.HasEnded(end));
        Assert.False(new AccessScope().HasEnded(DateTimeOffset.MaxValue));
    }
}
