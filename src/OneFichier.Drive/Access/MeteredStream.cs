namespace OneFichier.Drive.Access;

/// <summary>Gives bytes as far as the budget goes: not one more, and a failure in the place of the next.</summary>
internal sealed class MeteredStream(Stream inner, IByteMeter meter) : ForwardStream(inner)
{
    /// <summary>Opens a file only while anything is left.</summary>
    public static async Task<Stream> OpenAsync(Func<Task<Stream>> open, IByteMeter meter)
    {
        var inner = await open();
        if (meter.Take(ByteFlow.Down, 1) == 1)
        {
            meter.GiveBack(ByteFlow.Down, 1);
            return new MeteredStream(inner, meter);
        }

        await inner.DisposeAsync();
        throw new ByteBudgetException(ByteFlow.Down);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var granted = (int)meter.Take(ByteFlow.Down, buffer.Length);
        if (granted == 0 && !buffer.IsEmpty)
            return await Inner.ReadAsync(new byte[1], cancellationToken) == 0 ? 0 : throw new ByteBudgetException(ByteFlow.Down);
        var read = 0;
        try
        {
            return read = await Inner.ReadAsync(buffer[..granted], cancellationToken);
        }
        finally
        {
            meter.GiveBack(ByteFlow.Down, granted - read);
        }
    }
}
