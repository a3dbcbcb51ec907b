namespace OneFichier.Server.Tests.Leaks;

internal sealed partial class LeakCorpus
{
    /// <summary>What stands where a key would, and is none.</summary>
    private IEnumerable<(string Path, string Text)> NoKeys()
    {
        var key = Key();
        yield return (".env.example", "FICHIER_API_KEY=\nFICHIER_API_KEY=<YOUR_API_KEY>\nFICHIER_API_KEY=${API_KEY}\nFICHIER_API_KEY=REPLACE_WITH_YOUR_1FICHIER_TOKEN\nFICHIER_API_KEY=your-1fichier-api-key-32-letters\n");
        yield return ("masked.txt", $"FICHIER_API_KEY={key[..4]}…{key[^4..]}\n1fichier key: {key[..4]}{new string('*', 24)}{key[^4..]}\nAuthorization: Bearer {key[..4]}...{key[^4..]}\n1fichier: key {key[..8]} removed\n");
        yield return ("fixture.py", "FICHIER_API_KEY = \"NotARealKeyJustForTheUnitTests01\"\nFICHIER_KEY = \"test-key-for-the-fichier-client1\"\nFICHIER_TOKEN = \"ThisIsNotARealKeyForAnyService00\"\n");
        yield return ("fixture.cs", $"private const string FakeFichierKey = \"{From(Alphanumeric, 32)}\";\nvar invalidFichierKey = \"{From(Alphanumeric, 32)}\";\n");
        yield return ("hosters.conf", $"[alldebrid]\napikey = {From(Alphanumeric, 32)}\n[1fichier]\nenabled = true\n");
        yield return ("youtube.py", $"# upload to 1fichier\nYOUTUBE_API_KEY = \"{From(Alphanumeric, 32)}\"\nclient_secret = \"{From(Alphanumeric, 32)}\"\n");
        yield return ("sandbox.sh", "export FICHIER_API_KEY=sandbox-key-0000000000000000000_\nfichier sandbox --account sandbox-key-0000000000000000001_\n");
        yield return ("filler.env", "FICHIER_API_KEY=AbCdEfGhIjKlMnOpQrStUvWxYz012345\nONEFICHIER_KEY=aaaaaaaabbbbbbbbccccccccdddddddd\nFICHIER_KEY=********************************\nFICHIER_TOKEN=--------------------------------\n");
        yield return ("reads.py", "key = os.environ['FICHIER_API_KEY']\nFICHIER_KEY = load_fichier_key_from_the_keyring\nFICHIER_KEY = settings.fichier_api_key_of_production1\n");
        yield return ("Names.cs", "var fichierApiKey = GetFichierApiKeyFromTheVault2Async();\nconst string FichierKeyName = \"OneFichierUploadClientApiKeyName\";\nclass FichierUploadRetryPolicyFactory1 { }\n");
        yield return ("names.py", "fichier_key = fichier_client_default_key_value\ndef test_1fichier_key_is_not_printed(): pass\nONEFICHIER_TOKEN_HEADER = 'X-OneFichier-Authorization-Token'\n");
        yield return ("ci.yml", "env:\n  FICHIER_API_KEY: ${{ secrets.FICHIER_API_KEY }}\n  FICHIER_KEY: $CI_ONEFICHIER_API_KEY_PRODUCTION\n");
        yield return ("ansible.yml", "fichier_api_key: \"{{ vault_fichier_api_key_production }}\"\nfichier_key: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  " + Hex(80) + "\n");
        yield return ("k8s.yaml", $"kind: Secret\nmetadata:\n  name: 1fichier\ndata:\n  tls.crt: {Base64(300)}\n  cookie: {Base64(32)}\n");
        yield return ("pages.txt", $"https://1fichier.com/?{From(LowerAlphanumeric, 20)}\nhttps://1fichier.com/?{From(LowerAlphanumeric, 10)}&lg=en\n1fichier id {From(LowerAlphanumeric, 20)} upload {From(Alphanumeric, 10)}\nhttps://a-4.1fichier.com/c{_chance.Next(1_000_000_000)}\n");
    }

    private IEnumerable<(string Path, string Text)> MoreFiles()
    {
        yield return ("pnpm-lock.yaml", $"  /onefichier@1.0.0:\n    resolution: {{integrity: sha512-{Base64(64)}}}\n");
        yield return ("composer.lock", $"{{\"name\":\"me/1fichier\",\"dist\":{{\"shasum\":\"{Hex(40)}\"}},\"content-hash\":\"{Hex(32)}\"}}");
        yield return ("poetry.lock", $"name = \"fichier\"\nfiles = [{{file = \"fichier-1.0.tar.gz\", hash = \"sha256:{Hex(64)}\"}}]\n");
        yield return ("page.html", $"<script src=\"https://1fichier.com/x.js\" integrity=\"sha384-{Base64(48)}\" nonce=\"{Url64(24)}\"></script>\n<input name=\"csrf_token\" value=\"{From(Alphanumeric, 32)}\">\n");
        yield return ("lfs.txt", $"version https://git-lfs.github.com/spec/v1\noid sha256:{Hex(64)}\nsize 12345\n");
        yield return ("image.ipynb", $"{{\"cells\":[{{\"source\":[\"# 1fichier\"],\"outputs\":[{{\"data\":{{\"image/png\":\"{Base64(600)}\"}}}}],\"id\":\"{From(LowerAlphanumeric, 8)}\"}}]}}");
        yield return ("app.map", $"{{\"version\":3,\"sources\":[\"fichier.ts\"],\"sourcesContent\":[\"export const api='https://api.1fichier.com/v1'\"],\"mappings\":\"{string.Join(',', Enumerable.Range(0, 40).Select(_ => From(Alphanumeric, 4)))};{From(Alphanumeric, 32)}\"}}");
        yield return ("known_hosts", $"|1|{Base64(20)}|{Base64(20)} ssh-rsa AAAAB3NzaC1yc2E{Base64(180)}\n");
        yield return ("key.asc", $"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n{string.Join('\n', Base64(288).Chunk(64).Select(c => new string(c)))}\n={Base64(3)}\n-----END PGP PUBLIC KEY BLOCK-----\n1fichier release key\n");
        yield return ("manifest.json", $"{{\"config\":{{\"digest\":\"sha256:{Hex(64)}\"}},\"repository\":\"me/1fichier\",\"tag\":\"{Hex(32)}\"}}");
        yield return ("project.sln", $"Project(\"{{{Uuid().ToUpperInvariant()}}}\") = \"OneFichier\", \"src\\OneFichier.csproj\", \"{{{Uuid().ToUpperInvariant()}}}\"\n");
        yield return ("api.min.js", $"var fichier=function(){{return{{uploadSessionCoordinatorBaseFactory:1,getOrCreateAsyncKeyForValue1x:2}}}};var i=\"{Uuid()}\",h=\"{Hex(32)}\";fetch(\"https://api.1fichier.com/v1\")");
        yield return ("dump.csv", $"filename;size;whirlpool\n1fichier/a.mkv;12;{Hex(128)}\nuuid;{Uuid()};{Hex(32)}\n");
    }

    /// <summary>Keys of others, in files that speak of the service.</summary>
    private IEnumerable<(string Path, string Text)> Neighbours()
    {
        yield return ("file-key.env", $"FICHIER_API_KEY_FILE=/run/secrets/fichier\nSECRET_KEY={Other()}\nAPI_TOKEN={Other()}\n");
        yield return ("empty-key.env", $"FICHIER_API_KEY=\nSECRET_KEY={Other()}\n");
        yield return ("webhook.env", $"FICHIER_WEBHOOK_SECRET={Other()}\nFICHIER_DB_PASSWORD={Other()}\nFICHIER_SESSION_KEY={Other()}\nFICHIER_ENCRYPTION_KEY={Base64(24)}\n");
        yield return ("nextauth.env", $"# uploads go to 1fichier, see FICHIER_API_KEY in the vault\nDATABASE_URL=postgres://u:{Other()}@db/app\n\nNEXTAUTH_SECRET={Base64(24)}\nAPP_KEY=base64:{Base64(32)}\n");
        yield return ("rclone.conf", $"[f]\ntype = fichier\napi_key_file = /etc/key\n\n[b2]\ntype = b2\naccount = {Hex(12)}\nkey = K00{From(Alphanumeric, 28)}\n\n[swift]\ntype = swift\nkey = {Other()}\n");
        yield return ("hosters.json", $"[{{\"apiKey\":\"{Other()}\",\"host\":\"rapidgator.net\"}},{{\"host\":\"1fichier.com\",\"enabled\":false}},{{\"apiKey\":\"{Other()}\",\"host\":\"turbobit.net\"}}]");
        yield return ("hosters.yml", $"1fichier:\n  enabled: false\n\nrapidgator:\n  api_key: {Other()}\n");
        yield return ("presigned.txt", $"fichier remote add 'https://b.s3.amazonaws.com/a?X-Amz-Credential=AKIA{From("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)}&X-Amz-Signature={Hex(64)}&X-Amz-Security-Token={Url64(120)}' --to 1f:\n");
        yield return ("cookies.txt", $"1fichier.com\tFALSE\t/\tTRUE\t0\tSID\t{From(Alphanumeric, 32)}\nCookie: SID={From(Alphanumeric, 32)}; _ga={From(Alphanumeric, 32)}\n");
        yield return ("request.log", $"POST https://api.1fichier.com/v1/file/ls.cgi trace_id={Other()} span={Hex(16)} X-Request-Id: {From(Alphanumeric, 32)} etag=\"{Hex(32)}\"\n");
        yield return ("jwt2.log", $"GET https://1fichier.com/ Authorization: Bearer {Jwt()}\n");
        yield return ("ci-others.yml", $"variables:\n  GITHUB_TOKEN: ghp_{From(Alphanumeric, 36)}\n  STRIPE_SECRET_KEY: sk_live_{From(Alphanumeric, 24)}\n  CODECOV_TOKEN: {Uuid()}\nscript:\n  - fichier put dist 1f:\n");
        yield return ("bash.sh", $"aws configure set aws_secret_access_key {Base64(30)}\ncurl -H 'Authorization: Bearer {Other()}' https://api.example.com/items\nfichier ls 1f:\n");
        yield return ("token-of-ours.md", $"The gateway takes `nas` with `{From(Alphanumeric, 43)}`.\n`fichier token issue` prints it once.\n");
    }
}
