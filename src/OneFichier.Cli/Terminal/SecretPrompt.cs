using System.Text;

namespace OneFichier.Cli.Terminal;

/// <summary>Reads a secret from a person without showing it, or from a pipe.</summary>
internal static class SecretPrompt
{
    private const int Longest = 64 * 1024;

    public static string Read(Screen screen, string prompt, CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected)
            return FromPipe();

        screen.Error.Write(prompt);
        var text = FromKeyboard(cancellationToken);
        screen.Error.WriteLine();
        return text;
    }

    public static string FromPipe()
    {
        var buffer = new char[Longest];
        var length = Console.In.ReadBlock(buffer);
        return new string(buffer, 0, length);
    }

    private static string FromKeyboard(CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            cancellationToken.ThrowIfCancellationRequested();
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
