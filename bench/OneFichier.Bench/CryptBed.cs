using OneFichier.Drive;
using OneFichier.Drive.Crypt;
using OneFichier.Drive.Crypt.Primitives;

namespace OneFichier.Bench;

/// <summary>Two folders in memory, a file in one and its encrypted form in the other, and those who take it across.</summary>
internal sealed class CryptBed : IDisposable
{
    private readonly string _folder = Directory.CreateDirectory($"/dev/shm/fichier-bench-{Environment.ProcessId}").FullName;
    private readonly CryptKeys _keys;
    private readonly EncryptedVolume _encrypted;
    private readonly LocalVolume _plain;
    private readonly VolumePath _file = VolumePath.Parse("file");

    public CryptBed(int size, string password)
    {
        _keys = CryptKeys.Derive(password);
        _plain = new LocalVolume(At("plain"));
        _encrypted = new EncryptedVolume(new LocalVolume(At("encrypted")), _keys);
        Directory.CreateDirectory(At("plain"));
        Directory.CreateDirectory(At("nothing"));
        var content = new byte[size];
        new Random(1).NextBytes(content);
        File.WriteAllBytes(At("plain/file"), content);
        File.WriteAllBytes(At("nothing/file"), []);
        File.WriteAllText(At("rclone.conf"), $"[crypt]\ntype = crypt\nremote = {At("encrypted")}\npassword = {Obscured.Obscure(password, new byte[16])}\n");
        Rclone = Lines("version")[0];
    }

    /// <summary>The other program, by its version.</summary>
    public string Rclone { get; }

    /// <summary>What is compared: ours is measured from outside, rclone says what it cost.</summary>
    public IReadOnlyList<(string Name, Func<Task> Ours, Func<double> Rclone)> Races =>
    [
        ("encrypt, rclone without its own checksums", PutAsync, () => Extra("copyto", "--ignore-checksum", "--ignore-times")),
        ("encrypt, rclone as it comes", PutAsync, () => Extra("copyto", "--ignore-times")),
        ("decrypt", ReadAsync, () => Back("file") - Back("empty")),
    ];

    public void Dispose()
    {
        _keys.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string At(string name) => Path.Combine(_folder, name);

    private double Extra(string verb, params string[] flags) =>
        Spent([verb, .. flags, At("plain/file"), "crypt:file"]) - Spent([verb, .. flags, At("nothing/file"), "crypt:empty"]);

    private double Spent(params string[] arguments) => ChildRun.Run("rclone", ["--config", At("rclone.conf"), .. arguments]).CpuSeconds;

    private async Task PutAsync()
    {
        var entry = (await _plain.FindAsync(_file))!;
        var file = new NewFile(_file, entry.Size, async cancel => await _plain.OpenAsync(_file, default, cancel));
        if ((await _encrypted.PutAsync([file]))[0].Error is { } error)
            throw error;
    }

    private async Task ReadAsync()
    {
        var entry = (await _encrypted.FindAsync(_file))!;
        var file = new NewFile(VolumePath.Parse("back"), entry.Size, async cancel => await _encrypted.OpenAsync(_file, default, cancel));
        if ((await _plain.PutAsync([file]))[0].Error is { } error)
            throw error;
    }

    private double Back(string name) => Spent("copyto", "--ignore-times", $"crypt:{name}", At("plain/back"));

    private static string[] Lines(string verb)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("rclone", [verb]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text.Split('\n');
    }
}
