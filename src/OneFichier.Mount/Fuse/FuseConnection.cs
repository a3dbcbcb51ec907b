using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace OneFichier.Mount.Fuse;

/// <summary>Serves one mount: takes the kernel's requests from the device, hands them to the file system and brings back the answers.</summary>
public sealed class FuseConnection : IDisposable
{
    private const int LargestCopied = 8 * 1024;
    private readonly FuseDevice _device;
    private readonly FuseDispatcher _dispatcher;
    private readonly FuseOptions _options;
    private readonly RequestWatch _watch;
    private readonly ConcurrentBag<byte[]> _buffers = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;

    /// <summary>Takes a mounted device; nothing is served before <see cref="Start"/>.</summary>
    public FuseConnection(FuseDevice device, IFuseFileSystem files, FuseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(files);
        _options = options ?? new FuseOptions();
        _device = device;
        _watch = new RequestWatch(_options.Time, _options.Patience);
        _dispatcher = new FuseDispatcher(device, files, _watch, _options);
    }

    /// <summary>Done when the mount is gone; failed when the device broke.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Serves from now on, on threads of its own.</summary>
    public void Start()
    {
        _running = _options.Threads;
        for (var n = 0; n < _options.Threads; n++)
            new Thread(Serve) { IsBackground = true, Name = "fuse" }.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watch.Dispose();
        _device.Dispose();
    }

    private void Serve()
    {
        try
        {
            while (ServeOne())
                continue;
        }
        catch (Exception e)
        {
            _options.Logger.LogError(e, "The mount ended because its device failed.");
            _ended.TrySetException(e);
        }

        if (Interlocked.Decrement(ref _running) == 0)
            _ended.TrySetResult();
    }

    private bool ServeOne()
    {
        var buffer = _buffers.TryTake(out var free) ? free : GC.AllocateUninitializedArray<byte>(FuseHandshake.BufferSize, pinned: true);
        var length = _device.Read(buffer);
        if (length < FuseRequest.HeaderSize)
            return false;
        var header = MemoryMarshal.Read<InHeader>(buffer);
        var body = buffer.AsMemory(FuseRequest.HeaderSize, length - FuseRequest.HeaderSize);
        if (length <= LargestCopied)
        {
            var copy = body.ToArray();
            _buffers.Add(buffer);
            _ = _dispatcher.AnswerAsync(new FuseRequest(header, copy, _options.Time.GetTimestamp()));
        }
        else
        {
            _ = AnswerAsync(new FuseRequest(header, body, _options.Time.GetTimestamp()), buffer);
        }

        return true;
    }

    private async Task AnswerAsync(FuseRequest request, byte[] buffer)
    {
        await _dispatcher.AnswerAsync(request);
        _buffers.Add(buffer);
    }
}
