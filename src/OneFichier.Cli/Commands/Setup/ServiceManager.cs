using System.Net.Sockets;
using System.Text;

namespace OneFichier.Cli.Commands;

/// <summary>Tells systemd how a service of type notify is getting on (sd_notify(3)).</summary>
internal static class ServiceManager
{
    /// <summary>Says something, where there is somebody to hear it.</summary>
    public static void Say(string state)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 0 } address)
            return;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(address[0] == '@' ? "\0" + address[1..] : address));
    }
}
