using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OneFichier.Drive;
using OneFichier.Gateways.Tests.Kit;

namespace OneFichier.Gateways.Tests;

public sealed class GuardTests
{
    [Fact]
    public async Task Whoever_shows_user_and_secret_reaches_the_face_with_a_session()
    {
        await using var stage = await GatewayStage.StartAsync(new MemoryVolume(), Echo);
        Assert.Equal("tester /a b", await stage.Client.GetStringAsync("a%20b"));
    }

    private static void Echo(IApplicationBuilder app) =>
        app.Run(context => context.Response.WriteAsync($"{context.Session().User} /{context.Request.VolumePath()}"));
}
