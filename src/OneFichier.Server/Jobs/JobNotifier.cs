using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Json;

namespace OneFichier.Server.Jobs;

/// <summary>Tells others how runs go: a check as of healthchecks.io, a webhook, a program. That they cannot be told is written into the run's log and changes nothing else.</summary>
public sealed class JobNotifier(HttpClient http, TimeProvider time)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    internal async Task StartedAsync(JobDefinition job, Action<string> log, CancellationToken cancellationToken)
    {
        if (job.Ping is { } ping)
            await SendAsync(() => new HttpRequestMessage(HttpMethod.Post, Below(ping, "start")), "ping", log, cancellationToken);
    }

    internal async Task EndedAsync(JobDefinition job, RunRecord run, RunOutcome outcome, Action<string> log, DateTimeOffset now)
    {
        if (job.Ping is { } ping)
        {
            var body = outcome.Log;
            await SendAsync(() => new HttpRequestMessage(HttpMethod.Post, outcome.IsGood ? ping : Below(ping, "fail")) { Content = new StringContent(body) }, "ping", log, CancellationToken.None);
        }

        if (job.Webhook is { } webhook)
        {
            var notice = new RunNotice("run", job.Name, run.Id, outcome.IsGood ? "done" : "failed", outcome.ExitCode, run.Due, run.Started, now, outcome.Figures, run.Node);
            await SendAsync(() => new HttpRequestMessage(HttpMethod.Post, webhook) { Content = JsonContent.Create(notice, JobJson.Default.RunNotice) }, "webhook", log, CancellationToken.None);
        }

        if (job.OnFailure is { } program && !outcome.IsGood)
            await StartAsync(program, job, run, outcome, log);
    }

    private static Uri Below(Uri address, string name) => new UriBuilder(address) { Path = address.AbsolutePath.TrimEnd('/') + "/" + name }.Uri;

    private async Task SendAsync(Func<HttpRequestMessage> request, string what, Action<string> log, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            try
            {
                using var message = request();
                using var patience = new CancellationTokenSource(s_patience, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
                using var response = await http.SendAsync(message, either.Token);
                if (response.IsSuccessStatusCode)
                    return;

                log($"The {what} was answered with HTTP {(int)response.StatusCode}.");
            }
            catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                log($"The {what} could not be sent: {(e is OperationCanceledException ? "no answer" : e.Message)}");
            }
        }
    }

    private async Task StartAsync(string program, JobDefinition job, RunRecord run, RunOutcome outcome, Action<string> log)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            WorkingDirectory = Directory.Exists(job.Folder) ? job.Folder : "",
            Environment = { ["FICHIER_JOB"] = job.Name, ["FICHIER_JOB_RUN"] = run.Id, ["FICHIER_JOB_EXIT_CODE"] = $"{outcome.ExitCode}" },
        };
        try
        {
            using var process = Process.Start(start)!;
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1), time);
            await process.StandardInput.WriteAsync(outcome.Log);
            process.StandardInput.Close();
            await process.WaitForExitAsync(patience.Token);
        }
        catch (Exception e) when (e is Win32Exception or IOException or OperationCanceledException)
        {
            log($"The program for failures could not be run: {e.Message}");
        }
    }
}

/// <summary>What a webhook is told.</summary>
internal sealed record RunNotice(string Type, string Job, string Run, string State, int? ExitCode, DateTimeOffset? Due, DateTimeOffset? Started, DateTimeOffset Ended, RunFigures? Figures, string? Node);
