using OneFichier.Drive.Staging;
using OneFichier.Sandbox;
using OneFichier.Testing;
using static OneFichier.Drive.Tests.Staging.SpoolBench;

namespace OneFichier.Drive.Tests.Staging;

/// <summary>Files that are changed in the moment in which their node has all of them and nobody knows it yet.</summary>
public sealed class CalledOffUploadTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task One_that_is_renamed_then_is_moved_on_the_service(bool storedAtReport, bool journal)
    {
        await using var act = await Act.SetAsync(storedAtReport, journal);
        await act.ChangeDuringAnswerAsync(v => v.MoveAsync([new VolumeMove(At("f/old"), At("f/new"))]));
        await act.Volume.DrainAsync();
        Assert.Equal(["f/", "f/new"], act.Stage.Everything());
        Assert.Equal(1, act.Uploads);
        Assert.Equal((0, 0), (act.Volume.State.Files, act.Volume.State.Changes));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_is_removed_then_is_removed_on_the_service(bool storedAtReport)
    {
        await using var act = await Act.SetAsync(storedAtReport, journal: true);
        await act.ChangeDuringAnswerAsync(v => v.RemoveAsync([At("f/old")]));
        await act.Volume.DrainAsync();
        Assert.Equal(["f/"], act.Stage.Everything());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_is_replaced_then_is_replaced_on_the_service(bool storedAtReport)
    {
        await using var act = await Act.SetAsync(storedAtReport, journal: true);
        await act.ChangeDuringAnswerAsync(v => v.PutAsync([New("f/old", "another content")]));
        await act.Volume.DrainAsync();
        Assert.Equal("another content".Length, Assert.Single(act.Stage.Control.Tree().Files).Size);
    }

    /// <summary>A spool over an account whose first upload is answered only once it was called off.</summary>
    private sealed class Act : DelegatingHandler, IAsyncDisposable
    {
        private readonly TempFolder _folder = new();
        private readonly TaskCompletionSource _calledOff = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _uploads;

        private Act(Stage stage) : base(new SocketsHttpHandler { AllowAutoRedirect = false }) => Stage = stage;

        public Stage Stage { get; }

        public SpooledVolume Volume { get; private set; } = null!;

        public int Uploads => _uploads;

        public static async Task<Act> SetAsync(bool storedAtReport, bool journal)
        {
            var stage = await Stage.SetAsync(new SandboxBehaviours { StoreAtReport = storedAtReport });
            stage.Folder("f");
            var act = new Act(stage);
            var tree = stage.NewTree(http: new HttpClient(act) { Timeout = Timeout.InfiniteTimeSpan });
            var remote = new RemoteVolume(tree, new RemoteVolumeOptions { JournalFolder = journal ? act._folder["uploads"] : null });
            act.Volume = new SpooledVolume(new Watched(remote, act._calledOff), new SpoolOptions { Folder = act._folder["spool"], Time = stage.Time });
            return act;
        }

        public async Task ChangeDuringAnswerAsync(Func<IVolume, Task<IReadOnlyList<ItemResult>>> change)
        {
            Assert.Null(Assert.Single(await Volume.PutAsync([New("f/old", "content")])).Error);
            var drain = Volume.DrainAsync();
            await _taken.Task;
            Assert.Null(Assert.Single(await change(Volume)).Error);
            await drain;
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath == "/upload.cgi" && Interlocked.Increment(ref _uploads) == 1)
            {
                _taken.SetResult();
                await _calledOff.Task;
                cancellationToken.ThrowIfCancellationRequested();
            }

            return response;
        }

        public async ValueTask DisposeAsync()
        {
            await Volume.DisposeAsync();
            await Stage.DisposeAsync();
            _folder.Dispose();
        }
    }

    private sealed class Watched(IVolume inner, TaskCompletionSource calledOff) : VolumeDecorator(inner)
    {
        public override async Task<IReadOnlyList<ItemResult>> PutAsync(IReadOnlyList<NewFile> files, PutOptions? options = null, CancellationToken cancellationToken = default)
        {
            await using var watched = cancellationToken.Register(() => calledOff.TrySetResult());
            return await Inner.PutAsync(files, options, cancellationToken);
        }
    }
}
