using System.Diagnostics;
using OneFichier.Sandbox;

namespace OneFichier.Testing.Kills;

/// <summary>When a run is killed: after some time, or when the service has carried out the n-th request of a kind from then on.</summary>
public sealed record KillPoint
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);
    private static readonly string[] s_up = ["folder/mkdir", "folder/rm", "upload.cgi", "upload.cgi", "end.pl", "end.pl", "file/rm", "file/rm", "file/cp", "file/cp", "file/mv", "file/rename", "folder/ls"];
    private static readonly string[] s_down = ["download/get_token", "download", "folder/ls"];

    private KillPoint(string name) => Name = name;

    /// <summary>What it is called in a table: an endpoint, or "a moment".</summary>
    public string Name { get; }

    /// <summary>Whether the answer to the request it waits for is never sent.</summary>
    public bool Unanswered { get; private init; }

    private int Count { get; init; } = 1;

    private TimeSpan Delay { get; init; } = s_longest;

    /// <summary>Draws one.</summary>
    /// <param name="random">The chance.</param>
    /// <param name="down">Whether the run fetches.</param>
    /// <param name="typical">How long such a run lasts: moments are drawn from that and a little more.</param>
    public static KillPoint Draw(Random random, bool down, TimeSpan typical)
    {
        if (random.Next(10) < 3)
            return new KillPoint("a moment") { Delay = typical * random.NextDouble() * 1.5 };

        if (random.Next(10) < 2)
            return new KillPoint("any request") { Count = random.Next(1, 12) };

        var endpoints = down ? s_down : s_up;
        return new KillPoint(endpoints[random.Next(endpoints.Length)]) { Count = random.Next(4) == 0 ? 2 : 1, Unanswered = random.Next(3) == 0 };
    }

    /// <summary>A run that is left alone, unless it lasts too long.</summary>
    public static KillPoint Never { get; } = new("half a minute had passed");

    /// <summary>Waits for the moment and kills.</summary>
    /// <returns>Whether there was something left to kill.</returns>
    public async Task<bool> KillAsync(Func<Process> start, SandboxControl control)
    {
        if (Unanswered)
            control.FailNext(FaultKind.CutAfter, Name, Count);

        var goal = Seen(control) + Count;
        var clock = TimeProvider.System;
        var begun = clock.GetTimestamp();
        using var victim = start();
        var (output, error) = (victim.StandardOutput.ReadToEndAsync(), victim.StandardError.ReadToEndAsync());
        while (!victim.HasExited && clock.GetElapsedTime(begun) < Delay && Seen(control) < goal)
            await Task.Delay(s_look, clock);

        var killed = !victim.HasExited;
        victim.Kill();
        await victim.WaitForExitAsync();
        await Task.WhenAll(output, error);
        return killed;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} × {Count}{(Unanswered ? ", unanswered" : "")}{(Delay == s_longest ? "" : $", after {Delay.TotalMilliseconds:F0} ms")}";

    private long Seen(SandboxControl control) => Name switch
    {
        "a moment" or "half a minute had passed" => long.MinValue,
        "any request" => control.Counters.Api + control.Counters.Node,
        _ => control.Counters.Endpoints.GetValueOrDefault(Name),
    };
}
