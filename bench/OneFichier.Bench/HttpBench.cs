using System.Diagnostics;
using System.Text.Json;
using OneFichier.Sandbox;

namespace OneFichier.Bench;

/// <summary>One large file of the service, played, through the HTTP face and through nginx as a proxy of the same direct link, in turns.</summary>
internal static class HttpBench
{
    private const long Size = 1L << 30;
    private const int Rounds = 5;

    public static async Task<int> RunAsync(string[] args)
    {
        await using var bed = await Bed.MakeAsync(SandboxLimits.None);
        await using var service = await SandboxServer.StartAsync(new SandboxOptions { Limits = SandboxLimits.None, DataFolder = bed.Scratch("plain") });
        var environment = bed.Environment();
        environment.Remove("HTTPS_PROXY");
        environment["FICHIER_API_BASE"] = service.ApiBase.ToString();
        ChildRun.Run(bed.Fichier, ["put", bed.RandomFile("big.bin", Size), "1f:"], environment);
        using var plain = await FaceAsync(bed, environment, "--cache-size", "0");
        using var cached = await FaceAsync(bed, environment, "--cache-size", "4G");
        using var nginx = Nginx(bed, environment);
        Contender[] all = [nginx, plain, cached];
        foreach (var contender in all)
            contender.Fetch();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var contender in all)
                contender.Costs.Add(contender.Fetch());
        }

        return Publish.Report("http", Report(nginx.Median, plain, cached), args);
    }

    private static string Report(double nginx, Contender plain, Contender cached) => $"""
        # A gibibyte through the HTTP face

        One file of 1 GiB of the played service over plain HTTP, fetched by curl through `fichier serve http --mode proxy` and through nginx (Debian's, `proxy_pass` to the same direct link,
        unbuffered), {Rounds} times in turns; processor time of the serving process alone, medians.

        | | of nginx's processor time | largest memory |
        |---|---:|---:|
        | straight through (`--cache-size 0`) | {plain.Median / nginx:F2} | {plain.PeakMiB} MiB |
        | out of the cache on the disk, which the first fetch filled | {cached.Median / nginx:F2} | {cached.PeakMiB} MiB |

        It is to stay within twice nginx's time. What the face proves besides is not in nginx's: tokens, audit and lengths.

        Run again: `dotnet run -c Release --project bench/OneFichier.Bench -- http --write`

        """;

    private static async Task<Contender> FaceAsync(Bed bed, IReadOnlyDictionary<string, string> environment, params string[] flags)
    {
        var face = Start(bed.Fichier, ["serve", "http", "1f:", "--mode", "proxy", "--read-only", "--no-auth", "--addr", "127.0.0.1:0", "--json", .. flags], environment);
        return new Contender(face, JsonDocument.Parse((await face.StandardOutput.ReadLineAsync())!).RootElement.GetProperty("url").GetString() + "/big.bin");
    }

    private static Contender Nginx(Bed bed, IReadOnlyDictionary<string, string> environment)
    {
        using var asked = Start(bed.Fichier, ["url", "1f:big.bin", "--json"], environment);
        var link = JsonDocument.Parse(asked.StandardOutput.ReadToEnd()).RootElement[0].GetProperty("url").GetString()!;
        var port = FreePort();
        var folder = bed.Scratch("nginx");
        File.WriteAllText(Path.Combine(folder, "nginx.conf"), $$"""
            daemon off; master_process off; worker_processes 1; pid {{folder}}/pid; error_log {{folder}}/error.log;
            events { worker_connections 64; }
            http { access_log off; client_body_temp_path {{folder}}/b; proxy_temp_path {{folder}}/p; fastcgi_temp_path {{folder}}/f; uwsgi_temp_path {{folder}}/u; scgi_temp_path {{folder}}/s;
              server { listen 127.0.0.1:{{port}}; location = /big.bin { proxy_pass {{link}}; proxy_http_version 1.1; proxy_buffering off; proxy_buffer_size 128k; proxy_buffers 8 128k; proxy_busy_buffers_size 256k; } } }
            """);
        return new Contender(Start("/usr/sbin/nginx", ["-p", folder, "-c", Path.Combine(folder, "nginx.conf")], environment), $"http://127.0.0.1:{port}/big.bin");
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private sealed class Contender(Process serving, string url) : IDisposable
    {
        public List<double> Costs { get; } = [];

        public double Median => Costs.Order().ElementAt(Costs.Count / 2);

        public long PeakMiB
        {
            get
            {
                serving.Refresh();
                return serving.PeakWorkingSet64 >> 20;
            }
        }

        /// <summary>What the serving process was charged for one fetch.</summary>
        public double Fetch()
        {
            serving.Refresh();
            var before = serving.TotalProcessorTime;
            ChildRun.Run("curl", ["-sSf", "--retry", "5", "--retry-connrefused", "--noproxy", "*", "-o", "/dev/null", url]);
            serving.Refresh();
            return (serving.TotalProcessorTime - before).TotalSeconds;
        }

        public void Dispose()
        {
            serving.Kill();
            serving.Dispose();
        }
    }
}
