using System.Text;

namespace OneFichier.Sandbox.Node;

/// <summary>Who uploads: a key, a mail and password, or nobody.</summary>
internal static class Sender
{
    /// <summary>False when the request names somebody and is wrong about it.</summary>
    public static bool Identify(Exchange exchange, out AccountState? sender)
    {
        var header = exchange.Request.Headers.Authorization.ToString();
        sender = null;
        if (header.Length == 0)
            return true;
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            sender = exchange.World.FindByKey(header[7..].Trim());
        else if (header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            sender = ByPassword(exchange.World, header[6..].Trim());
        return sender is { Locked: false };
    }

    private static AccountState? ByPassword(World world, string credentials)
    {
        var bytes = new byte[credentials.Length];
        if (!Convert.TryFromBase64String(credentials, bytes, out var count))
            return null;
        var pair = Encoding.UTF8.GetString(bytes, 0, count).Split(':', 2);
        return pair.Length == 2 && world.FindAccount(pair[0]) is { } account && account.Account.Password == pair[1] ? account : null;
    }
}
