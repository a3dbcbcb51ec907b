namespace OneFichier.Drive.Remote;

/// <summary>Callers who want the same thing at the same time share one flight. It is called off when the last of them has lost interest.</summary>
internal sealed class SingleFlight<TKey, TResult> where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Flight> _flights = [];

    public async Task<TResult> RunAsync(TKey key, Func<CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var flight = Board(key, work);
        try
        {
            return await flight.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Leave(key, flight);
        }
    }

    private Flight Board(TKey key, Func<CancellationToken, Task<TResult>> work)
    {
        lock (_gate)
        {
            if (!_flights.TryGetValue(key, out var flight))
                _flights[key] = flight = new Flight(work);
            flight.Passengers++;
            return flight;
        }
    }

    private void Leave(TKey key, Flight flight)
    {
        lock (_gate)
        {
            flight.Passengers--;
            if (!flight.Task.IsCompleted && flight.Passengers > 0)
                return;
            if (_flights.TryGetValue(key, out var known) && known == flight)
                _flights.Remove(key);
        }

        flight.CallOff();
    }

    private sealed class Flight(Func<CancellationToken, Task<TResult>> work, CancellationTokenSource callOff)
    {
        public Flight(Func<CancellationToken, Task<TResult>> work) : this(work, new CancellationTokenSource()) { }

        public Task<TResult> Task { get; } = System.Threading.Tasks.Task.Run(() => work(callOff.Token));

        public int Passengers { get; set; }

        public void CallOff()
        {
            if (!Task.IsCompleted)
                callOff.Cancel();
        }
    }
}
