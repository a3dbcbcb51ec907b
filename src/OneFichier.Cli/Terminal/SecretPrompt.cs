using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace OneFichier.Cli.Terminal;

/// <summary>Reads a secret from a person without showing it, or from a pipe.</summary>
internal static class SecretPrompt
{
    private const int Longest = 64 * 1024;

    public static async Task<string> ReadAsync(Screen screen, string prompt, CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected)
            return FromPipe();

        // Reading a key hides it only from the moment it is read; what is pasted before that, while the prompt appears, must not show either.
        await SetEchoAsync("-echo");
        try
        {
            screen.Error.Write(prompt);
            return await Task.Run(FromKeyboard, CancellationToken.None).WaitAsync(cancellationToken);
        }
        finally
        {
            await SetEchoAsync("echo");
            screen.Error.WriteLine();
        }
    }

    private static string FromPipe()
    {
        var buffer = new char[Longest];
        var length = Console.In.ReadBlock(buffer);
        return new string(buffer, 0, length);
    }

    private static async Task SetEchoAsync(string setting)
    {
        if (OperatingSystem.IsWindows())
            return;

        try
        {
            using var stty = Process.Start(new ProcessStartInfo("stty", setting) { UseShellExecute = false });
            await (stty?.WaitForExitAsync(CancellationToken.None) ?? Task.CompletedTask);
        }
        catch (Win32Exception)
        {
            // Without stty the keys are hidden one by one, as they are read.
        }
    }

    private static string FromKeyboard()
    {
        var text = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key)
            {
                case { Key: ConsoleKey.Enter }:
                case { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control }:
                    return text.ToString();
                case { Key: ConsoleKey.Backspace }:
                    text.Length = Math.Max(0, text.Length - 1);
                    break;
                case { Key: ConsoleKey.U, Modifiers: ConsoleModifiers.Control }:
                    text.Clear();
                    break;
                case { KeyChar: not '\0' }:
                    text.Append(key.KeyChar);
                    break;
            }
        }
    }
}
