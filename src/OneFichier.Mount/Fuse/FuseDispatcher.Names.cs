using System.Runtime.InteropServices;

namespace OneFichier.Mount.Fuse;

/// <summary>Requests about names, attributes and folders.</summary>
internal sealed partial class FuseDispatcher
{
    private const uint KeepExisting = 1;
    private const int LargestPage = 1 << 20;
    private const uint HandleGiven = 1;
    private const int BlockSize = 4096;
    private static readonly TimeSpan AbsenceValid = TimeSpan.FromSeconds(1);

    private void ForgetMany(FuseRequest request)
    {
        var count = (int)request.Read<BatchForgetIn>().Count;
        foreach (var one in MemoryMarshal.Cast<byte, ForgetOne>(request.After<BatchForgetIn>().Span)[..count])
            files.Forget(one.Node, one.Lookups);
    }

    private async ValueTask LookUpAsync(FuseRequest request)
    {
        var name = FuseRequest.Name(request.Body, out _);
        var found = await files.LookUpAsync(request.Node, name, request.Token);
        _reply.Say(request, EntryOut.Of(found ?? new FuseNode(0, default, AbsenceValid)));
    }

    private async ValueTask GetAttributesAsync(FuseRequest request)
    {
        var asked = request.Read<GetAttributesIn>();
        var node = await files.GetAttributesAsync(request.Node, (asked.Flags & HandleGiven) != 0 ? asked.Handle : null, request.Token);
        _reply.Say(request, AttributesOut.Of(node));
    }

    private async ValueTask SetAttributesAsync(FuseRequest request)
    {
        var asked = request.Read<SetAttributesIn>();
        var now = options.Time.GetUtcNow();
        var change = new AttributeChange
        {
            Handle = Has(SetMask.Handle) ? asked.Handle : null,
            Size = Has(SetMask.Size) ? (long)asked.Size : null,
            Mode = Has(SetMask.Mode) ? asked.Mode : null,
            User = Has(SetMask.User) ? asked.User : null,
            Group = Has(SetMask.Group) ? asked.Group : null,
            AccessTime = Has(SetMask.AccessNow) ? now : Has(SetMask.AccessTime) ? WireTimes.Join(asked.Times.Access, asked.Times.AccessNano) : null,
            ModTime = Has(SetMask.ModNow) ? now : Has(SetMask.ModTime) ? WireTimes.Join(asked.Times.Modified, asked.Times.ModifiedNano) : null,
        };
        _reply.Say(request, AttributesOut.Of(await files.SetAttributesAsync(request.Node, change, request.Token)));

        bool Has(SetMask flag) => asked.Valid.HasFlag(flag);
    }

    private async ValueTask MakeAsync(FuseRequest request)
    {
        var folder = request.Header.Opcode == Opcode.MakeFolder;
        var mode = folder ? FuseAttributes.Folder | (request.Read<MakeFolderIn>().Mode & ~FuseAttributes.Kind) : request.Read<MakeNodeIn>().Mode;
        if ((mode & FuseAttributes.Kind) is not (FuseAttributes.File or FuseAttributes.Folder))
            throw new FuseException(Errno.EPERM);
        var name = FuseRequest.Name(folder ? request.After<MakeFolderIn>() : request.After<MakeNodeIn>(), out _);
        _reply.Say(request, EntryOut.Of(await files.MakeAsync(request.Node, name, mode, request.Token)));
    }

    private async ValueTask RemoveAsync(FuseRequest request)
    {
        await files.RemoveAsync(request.Node, FuseRequest.Name(request.Body, out _), request.Header.Opcode == Opcode.RemoveFolder, request.Token);
        _reply.Nothing(request);
    }

    private async ValueTask RenameAsync(FuseRequest request)
    {
        var second = request.Header.Opcode == Opcode.Rename2;
        var flags = second ? request.Read<Rename2In>().Flags : 0;
        if ((flags & ~KeepExisting) != 0)
            throw new FuseException(Errno.EINVAL);
        var from = FuseRequest.Name(second ? request.After<Rename2In>() : request.After<RenameIn>(), out var rest);
        var to = FuseRequest.Name(rest, out _);
        await files.RenameAsync((request.Node, from), (request.Read<RenameIn>().NewParent, to), (flags & KeepExisting) != 0, request.Token);
        _reply.Nothing(request);
    }

    private async ValueTask StatFsAsync(FuseRequest request)
    {
        var space = await files.SpaceAsync(request.Token);
        var free = (ulong)space.Free / BlockSize;
        _reply.Say(request, new StatFsOut((ulong)space.Total / BlockSize, free, free, 0, 0, BlockSize, space.LongestName, BlockSize, 0));
    }

    private async ValueTask OpenFolderAsync(FuseRequest request) =>
        _reply.Say(request, new OpenOut(await files.OpenFolderAsync(request.Node, request.Token), 0, 0));

    private async ValueTask ReadFolderAsync(FuseRequest request)
    {
        var asked = request.Read<TransferIn>();
        var size = (int)Math.Min(asked.Size, LargestPage);
        var buffer = ReplyWriter.Rent(size);
        try
        {
            var page = new FolderPage(buffer.AsMemory(ReplyWriter.HeaderSize, size), (long)asked.Offset, request.Header.Opcode == Opcode.ReadFolderPlus);
            await files.ReadFolderAsync(asked.Handle, page, request.Token);
            _reply.Send(request, buffer, page.Length);
        }
        finally
        {
            ReplyWriter.Return(buffer);
        }
    }

    private void ReleaseFolder(FuseRequest request)
    {
        files.ReleaseFolder(request.Read<ReleaseIn>().Handle);
        _reply.Nothing(request);
    }
}
