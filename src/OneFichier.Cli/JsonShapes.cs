using System.Text.Json;
using System.Text.Json.Serialization;
using OneFichier.Cli.Commands;
using OneFichier.Cli.Settings;
using OneFichier.Cli.Terminal;
using OneFichier.Server.Jobs;

namespace OneFichier.Cli;

internal sealed record ErrorEvent(string Type, int ExitCode, string Message, string Remedy, DateTimeOffset? RetryAt, string? ServiceText);

internal sealed record MessageEvent(string Type, string Message);

internal sealed record VersionShape(string Version, string Runtime, string Os, string Architecture);

internal sealed record ExplainShape(string Asked, IReadOnlyList<ExplanationShape> Found);

internal sealed record ExplanationShape(string Message, string Reaction, string Cause, string Remedy, IReadOnlyList<int> Numbers, long? PauseSeconds);

internal sealed record KeyShape(string Account, string Key, string Fingerprint, string Origin, bool Stored);

internal sealed record KeyCheckShape(string Account, string Key, bool Works, string Host);

internal sealed record KeyWhereShape(string Account, string Used, string Origin, string? Store);

internal sealed record LogoutShape(string Account, bool Removed, string RevokeAt);

internal sealed record PathsShape(string Config, string State, string Cache);

internal sealed record ConfigShape(int Version, IReadOnlyDictionary<string, AccountRecord> Accounts, IReadOnlyDictionary<string, JsonElement> Preferences, PathsShape Paths);

internal sealed record HashShape(string Path, string? Whirlpool, long? Size);

/// <summary>Every shape the program prints; a type that is not listed here cannot be printed.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ErrorEvent))]
[JsonSerializable(typeof(MessageEvent))]
[JsonSerializable(typeof(VersionShape))]
[JsonSerializable(typeof(ExplainShape))]
[JsonSerializable(typeof(KeyShape))]
[JsonSerializable(typeof(KeyCheckShape))]
[JsonSerializable(typeof(KeyWhereShape))]
[JsonSerializable(typeof(LogoutShape))]
[JsonSerializable(typeof(PathsShape))]
[JsonSerializable(typeof(ConfigShape))]
[JsonSerializable(typeof(HashShape))]
[JsonSerializable(typeof(AccountShape))]
[JsonSerializable(typeof(RuleShape[]))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(SandboxListening))]
[JsonSerializable(typeof(MountedEvent))]
[JsonSerializable(typeof(DemoSummary))]
[JsonSerializable(typeof(EntryShape))]
[JsonSerializable(typeof(EntryShape[]))]
[JsonSerializable(typeof(TreeShape))]
[JsonSerializable(typeof(ChangeEvent))]
[JsonSerializable(typeof(ScannedEvent))]
[JsonSerializable(typeof(ShareShape))]
[JsonSerializable(typeof(ProgressEvent))]
[JsonSerializable(typeof(Finding[]))]
[JsonSerializable(typeof(UsageShape[]))]
[JsonSerializable(typeof(SummaryEvent))]
[JsonSerializable(typeof(TransferredEvent))]
[JsonSerializable(typeof(LinkShape[]))]
[JsonSerializable(typeof(UrlShape[]))]
[JsonSerializable(typeof(RemoteRequestShape[]))]
[JsonSerializable(typeof(RemoteInfoShape))]
[JsonSerializable(typeof(RemoteOrderEvent))]
[JsonSerializable(typeof(RemoteArrivalEvent))]
[JsonSerializable(typeof(RemoteSummary))]
[JsonSerializable(typeof(StrmEvent))]
[JsonSerializable(typeof(StrmSummary))]
[JsonSerializable(typeof(FailedEvent))]
[JsonSerializable(typeof(PlanStep))]
[JsonSerializable(typeof(PlanSummary))]
[JsonSerializable(typeof(SyncItem))]
[JsonSerializable(typeof(SyncSummary))]
[JsonSerializable(typeof(SyncProgress))]
[JsonSerializable(typeof(CheckShape))]
[JsonSerializable(typeof(CheckSummary))]
[JsonSerializable(typeof(DuplicateShape))]
[JsonSerializable(typeof(CrawlShape))]
[JsonSerializable(typeof(TokenIssuedShape))]
[JsonSerializable(typeof(TokenShape[]))]
[JsonSerializable(typeof(TokenRevokedShape))]
[JsonSerializable(typeof(AuditShape))]
[JsonSerializable(typeof(AuditVerdictShape))]
[JsonSerializable(typeof(Listening))]
[JsonSerializable(typeof(JobShape))]
[JsonSerializable(typeof(JobShape[]))]
[JsonSerializable(typeof(RunShape))]
[JsonSerializable(typeof(RunShape[]))]
[JsonSerializable(typeof(RunFigures))]
[JsonSerializable(typeof(WorkerStarted))]
[JsonSerializable(typeof(ScanShape))]
[JsonSerializable(typeof(ExportShape))]
[JsonSerializable(typeof(AdviceShape[]))]
[JsonSerializable(typeof(BackupMadeShape))]
[JsonSerializable(typeof(BackupSetShape[]))]
[JsonSerializable(typeof(BackupSnapshotShape[]))]
[JsonSerializable(typeof(BackupProgressEvent))]
[JsonSerializable(typeof(BackupRunSummary))]
[JsonSerializable(typeof(BackupRestoreSummary))]
[JsonSerializable(typeof(BackupForgottenEvent))]
[JsonSerializable(typeof(BackupForgetSummary))]
[JsonSerializable(typeof(BackupMismatchEvent))]
[JsonSerializable(typeof(BackupCheckSummary))]
[JsonSerializable(typeof(BackupPasswordShape))]
[JsonSerializable(typeof(BackupRemovedShape))]
[JsonSerializable(typeof(MigrationShape))]
[JsonSerializable(typeof(MigrationShape[]))]
[JsonSerializable(typeof(MigrationItemShape))]
[JsonSerializable(typeof(MigrationProgress))]
internal sealed partial class JsonShapes : JsonSerializerContext;
