namespace OneFichier.Mount.Fuse;

/// <summary>Requests about the content of files.</summary>
internal sealed partial class FuseDispatcher
{
    private const uint KeepCache = 1 << 1;
    private const uint SeekHole = 4;
    private const int LargestRead = 16 << 20;

    private static OpenOut Out(FuseOpened opened) => new(opened.Handle, opened.KeepCache ? KeepCache : 0, 0);

    private async ValueTask CreateAsync(FuseRequest request)
    {
        var asked = request.Read<CreateIn>();
        var name = FuseRequest.Name(request.After<CreateIn>(), out _);
        var (node, opened) = await files.CreateAsync(request.Node, name, asked.Flags, asked.Mode, request.Token);
        _reply.Say(request, new CreateOut(EntryOut.Of(node), Out(opened)));
    }

    private async ValueTask OpenAsync(FuseRequest request) =>
        _reply.Say(request, Out(await files.OpenAsync(request.Node, request.Read<OpenIn>().Flags, request.Token)));

    private async ValueTask ReadAsync(FuseRequest request)
    {
        var asked = request.Read<TransferIn>();
        var size = (int)Math.Min(asked.Size, LargestRead);
        var buffer = ReplyWriter.Rent(size);
        try
        {
            var length = await files.ReadAsync(asked.Handle, buffer.AsMemory(ReplyWriter.HeaderSize, size), (long)asked.Offset, request.Token);
            _reply.Send(request, buffer, length);
        }
        finally
        {
            ReplyWriter.Return(buffer);
        }
    }

    private async ValueTask WriteAsync(FuseRequest request)
    {
        var asked = request.Read<TransferIn>();
        await files.WriteAsync(asked.Handle, request.After<TransferIn>()[..(int)asked.Size], (long)asked.Offset, request.Token);
        _reply.Say(request, new WriteOut(asked.Size, 0));
    }

    private async ValueTask FlushAsync(FuseRequest request)
    {
        await files.FlushAsync(request.Read<HandleIn>().Handle, request.Token);
        _reply.Nothing(request);
    }

    private async ValueTask SyncAsync(FuseRequest request)
    {
        await files.SyncAsync(request.Read<HandleIn>().Handle, request.Token);
        _reply.Nothing(request);
    }

    private async ValueTask ReleaseAsync(FuseRequest request)
    {
        await files.ReleaseAsync(request.Read<ReleaseIn>().Handle);
        _reply.Nothing(request);
    }

    private async ValueTask SeekAsync(FuseRequest request)
    {
        var asked = request.Read<SeekIn>();
        var at = await files.SeekAsync(asked.Handle, (long)asked.Offset, asked.Whence == SeekHole, request.Token);
        _reply.Say(request, new SeekOut((ulong)at));
    }

    private async ValueTask AllocateAsync(FuseRequest request)
    {
        var asked = request.Read<AllocateIn>();
        if (asked.Mode != 0)
            throw new FuseException(Errno.EOPNOTSUPP);
        await files.AllocateAsync(asked.Handle, checked((long)(asked.Offset + asked.Length)), request.Token);
        _reply.Nothing(request);
    }
}
