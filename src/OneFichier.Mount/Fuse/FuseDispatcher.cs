using Microsoft.Extensions.Logging;

namespace OneFichier.Mount.Fuse;

/// <summary>Answers requests: reads what is asked, has it done, says what came of it.</summary>
internal sealed partial class FuseDispatcher(FuseDevice device, IFuseFileSystem files, RequestWatch watch, FuseOptions options)
{
    private readonly ReplyWriter _reply = new(device, options.Logger);

    /// <summary>Answers a request; never fails.</summary>
    public async Task AnswerAsync(FuseRequest request)
    {
        if (!NeedsAnswer(request))
            return;
        watch.Begin(request);
        try
        {
            await DoAsync(request);
        }
        catch (Exception e)
        {
            _reply.Fail(request, ErrorOf(request, e));
        }
        finally
        {
            watch.End(request);
            request.Dispose();
        }
    }

    /// <summary>The few requests that get no answer are dealt with here.</summary>
    private bool NeedsAnswer(FuseRequest request)
    {
        switch (request.Header.Opcode)
        {
            case Opcode.Forget:
                files.Forget(request.Node, request.Read<ForgetIn>().Lookups);
                return false;
            case Opcode.BatchForget:
                ForgetMany(request);
                return false;
            case Opcode.Interrupt:
                watch.Interrupt(request.Read<InterruptIn>().Unique);
                return false;
            default:
                return true;
        }
    }

    private ValueTask DoAsync(FuseRequest request) => request.Header.Opcode switch
    {
        Opcode.Init => Now(() => _reply.Say(request, FuseHandshake.Answer(request.Read<InitIn>()))),
        Opcode.Destroy or Opcode.Access or Opcode.SyncFolder or Opcode.SyncAll => Now(() => _reply.Nothing(request)),
        Opcode.LookUp => LookUpAsync(request),
        Opcode.GetAttributes => GetAttributesAsync(request),
        Opcode.SetAttributes => SetAttributesAsync(request),
        Opcode.MakeNode or Opcode.MakeFolder => MakeAsync(request),
        Opcode.Unlink or Opcode.RemoveFolder => RemoveAsync(request),
        Opcode.Rename or Opcode.Rename2 => RenameAsync(request),
        Opcode.StatFs => StatFsAsync(request),
        Opcode.OpenFolder => OpenFolderAsync(request),
        Opcode.ReadFolder or Opcode.ReadFolderPlus => ReadFolderAsync(request),
        Opcode.ReleaseFolder => Now(() => ReleaseFolder(request)),
        _ => OnFileAsync(request),
    };

    private ValueTask OnFileAsync(FuseRequest request) => request.Header.Opcode switch
    {
        Opcode.Create => CreateAsync(request),
        Opcode.Open => OpenAsync(request),
        Opcode.Read => ReadAsync(request),
        Opcode.Write => WriteAsync(request),
        Opcode.Flush => FlushAsync(request),
        Opcode.Sync => SyncAsync(request),
        Opcode.Release => ReleaseAsync(request),
        Opcode.Seek => SeekAsync(request),
        Opcode.Allocate => AllocateAsync(request),
        // As link(2) and symlink(2) say of a file system that has none.
        Opcode.SymbolicLink or Opcode.Link => throw new FuseException(Errno.EPERM),
        // The kernel does not ask again for what it was told is not there, extended attributes among it.
        _ => throw new FuseException(Errno.ENOSYS),
    };

    private static ValueTask Now(Action act)
    {
        act();
        return ValueTask.CompletedTask;
    }

    private Errno ErrorOf(FuseRequest request, Exception exception)
    {
        if (request.EndedWith != Errno.None && exception is OperationCanceledException)
        {
            if (request.EndedWith == Errno.EIO)
                options.Logger.LogWarning("{Opcode} took longer than {Patience} and was given up.", request.Header.Opcode, options.Patience);
            return request.EndedWith;
        }

        var error = exception is FuseException known ? known.Error : files.ErrorOf(exception);
        if (error == Errno.EIO)
            options.Logger.LogWarning("{Opcode} failed: {Message}", request.Header.Opcode, exception.Message);
        return error;
    }
}
