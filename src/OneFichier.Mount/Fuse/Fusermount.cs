using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace OneFichier.Mount.Fuse;

/// <summary>The program that mounts for those who may not: it opens the device, mounts it and passes it over a socket.</summary>
internal static class Fusermount
{
    private const string Program = "fusermount3";
    private const string SocketVariable = "_FUSE_COMMFD";
    private const int LocalSocket = 1;
    private const int StreamSocket = 1;
    private const int SetDescriptorFlags = 2;
    private const int CloseOnExec = 1;

    public static async Task<FuseDevice> MountAsync(FuseMountOptions options, CancellationToken cancellationToken)
    {
        var pair = new int[2];
        if (Libc.SocketPair(LocalSocket, StreamSocket, 0, pair) != 0)
            throw new IOException($"There is no socket to {Program}: {Libc.LastError()}.");
        try
        {
            _ = Libc.Control(pair[0], SetDescriptorFlags, CloseOnExec);
            var told = await RunAsync(["-o", Words(options), "--", options.Folder], pair[1], cancellationToken);
            if (told is not null)
                throw new IOException($"'{options.Folder}' cannot be mounted on: {told}");
            return new FuseDevice(Receive(pair[0]));
        }
        finally
        {
            _ = Libc.Close(pair[0]);
            _ = Libc.Close(pair[1]);
        }
    }

    public static async Task<bool> UnmountAsync(string folder, bool lazy, CancellationToken cancellationToken)
    {
        string[] arguments = lazy ? ["-u", "-z", "--", folder] : ["-u", "--", folder];
        return await RunAsync(arguments, null, cancellationToken) is null;
    }

    private static string Words(FuseMountOptions options)
    {
        List<string> words = ["nosuid", "nodev", "default_permissions", $"fsname={options.Source.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)}", $"subtype={FuseMount.Subtype}"];
        if (options.ReadOnly)
            words.Add("ro");
        if (options.AllowOther)
            words.Add("allow_other");
        return string.Join(',', words);
    }

    /// <returns>What it complains of; <see langword="null"/> when it is content.</returns>
    private static async Task<string?> RunAsync(string[] arguments, int? socket, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardError = true, UseShellExecute = false };
        if (socket is { } number)
            start.Environment[SocketVariable] = number.ToString();
        try
        {
            using var process = Process.Start(start)!;
            var words = (await process.StandardError.ReadToEndAsync(cancellationToken)).Trim();
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? null : words.Length > 0 ? words : $"{Program} ended with code {process.ExitCode}.";
        }
        catch (Win32Exception e)
        {
            throw new IOException($"{Program} cannot be started: {e.Message}. It comes with the package fuse3.", e);
        }
    }

    /// <summary>Takes the descriptor out of the one message that waits in the socket.</summary>
    private static unsafe int Receive(int socket)
    {
        byte data;
        // Header of a control message (length, level, kind), the descriptor, and padding.
        var control = stackalloc nint[3];
        var piece = new Libc.Piece { Start = &data, Length = 1 };
        var message = new Libc.MessageHeader { Pieces = &piece, PieceCount = 1, Control = control, ControlLength = 3 * sizeof(nint) };
        return Libc.ReceiveMessage(socket, &message, 0) > 0 && message.ControlLength >= 2 * sizeof(nint) + sizeof(int)
            ? Unsafe.ReadUnaligned<int>(control + 2)
            : throw new IOException($"{Program} passed no device.");
    }
}
