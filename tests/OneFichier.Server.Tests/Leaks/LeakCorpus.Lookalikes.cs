namespace OneFichier.Server.Tests.Leaks;

internal sealed partial class LeakCorpus
{
    private IEnumerable<CorpusFile> Lookalikes() => Checksums().Concat(Files()).Concat(OtherServices()).Concat(BesideTheService()).Concat(NoKeys()).Concat(MoreFiles()).Concat(Neighbours()).Select(f => new CorpusFile(f.Path, f.Text, null));

    private IEnumerable<(string Path, string Text)> Checksums()
    {
        yield return ("md5sums.txt", $"{Hex(32)}  film.mkv\n{Hex(32)}  1fichier-backup.tar\n");
        yield return ("md5.json", $"{{\"url\":\"https://1fichier.com/?{From(Alphanumeric, 20).ToLowerInvariant()}\",\"md5\":\"{Hex(32)}\"}}");
        yield return ("sha256.txt", $"{Hex(64)}  1fichier.iso\n");
        yield return ("upper.txt", $"fichier.zip MD5 {Hex(32).ToUpperInvariant()}\n");
        yield return ("whirlpool.json", $"{{\"filename\":\"a\",\"checksum\":\"{Hex(128)}\",\"url\":\"https://1fichier.com/?{Hex(20)}\"}}");
        yield return ("uuid.yml", $"# 1fichier\nid: {Uuid()}\ncompact: {Uuid().Replace("-", "", StringComparison.Ordinal)}\n");
        yield return ("git.log", $"commit {Hex(40)}\nAuthor: me\n\n    1fichier upload\n");
        yield return ("tree.txt", $"100644 blob {Hex(40)}\tfichier.cs\n040000 tree {Hex(40)}\tsrc\n");
        yield return ("etag.http", $"HTTP/1.1 200 OK\nServer: 1fichier.com\nETag: \"{From(Alphanumeric, 32)}\"\n");
    }

    private IEnumerable<(string Path, string Text)> Files()
    {
        yield return ("package-lock.json", $"{{\"packages\":{{\"node_modules/1fichier-client\":{{\"resolved\":\"https://registry.example/x-1.0.0.tgz\",\"integrity\":\"sha512-{Base64(64)}\"}}}}}}");
        yield return ("yarn.lock", $"fichier@^1.0.0:\n  version \"1.0.0\"\n  integrity sha1-{Base64(20)}\n  resolved \"https://r.example/f.tgz#{Hex(40)}\"\n");
        yield return ("packages.lock.json", $"{{\"dependencies\":{{\"OneFichier\":{{\"resolved\":\"1.0.0\",\"contentHash\":\"{Base64(64)}\"}}}}}}");
        yield return ("go.sum", $"github.com/me/1fichier v1.0.0 h1:{Base64(32)}\n");
        yield return ("Cargo.lock", $"name = \"onefichier\"\nversion = \"0.1.0\"\nchecksum = \"{Hex(64)}\"\n");
        yield return ("image.md", $"![1fichier](data:image/png;base64,{Base64(300)})\n");
        yield return ("font.css", $".fichier{{src:url(data:font/woff2;base64,{Url64(200)})}}");
        yield return ("cert.pem", $"-----BEGIN CERTIFICATE-----\n{string.Join('\n', Base64(240).Chunk(64).Select(c => new string(c)))}\n-----END CERTIFICATE-----\n");
        yield return ("id_ed25519.pub", $"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA{Base64(33)} me@1fichier\n");
        yield return ("app.min.js", $"!function(e){{var fichierApi=\"https://api.1fichier.com\";e.chunk=\"{Hex(20)}\";e.{From("abcdefghijklmnop", 6)}={_chance.Next(9999)}}}(window);//# sourceMappingURL=app.{Hex(32)}.js.map");
        yield return ("app.js.map", $"{{\"version\":3,\"mappings\":\"{string.Join(';', Enumerable.Range(0, 30).Select(_ => From(Alphanumeric, 8)))}\",\"sources\":[\"1fichier.ts\"]}}");
        yield return ("Tests.cs", "public async Task A_key_of_the_1fichier_service_is_kept() { }\npublic void Sends_1_permit_for_a_100_files_ok() => Fichier();\n");
        yield return ("Client.cs", "namespace OneFichier;\nclass FichierUploadSessionCoordinatorBase { string GetOrAddAsyncWithKeyAndValueTask; }\n");
        yield return ("docs.md", "Set `FICHIER_API_KEY=YOUR_1FICHIER_API_KEY_GOES_HERE_` or `FICHIER_API_KEY=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx`.\n");
        yield return ("example.env", "FICHIER_API_KEY=your-api-key-goes-here-123456789\nONEFICHIER_KEY=abcdefghijklmnopqrstuvwxyz012345\nFICHIER_TOKEN=A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6\nFICHIER_KEY=0123456789abcdef0123456789abcdef\n");
        yield return ("template.yml", "FICHIER_API_KEY: ${FICHIER_API_KEY}\nFICHIER_KEY: ${{ secrets.FICHIER_API_KEY_PRODUCTION }}\n");
        yield return ("run.sh", "export FICHIER_API_KEY=$(pass show 1fichier/api_key_for_the_backup_s)\nexport FICHIER_API_KEY_FILE=/run/secrets/fichier_api_key_production\n");
    }

    private IEnumerable<(string Path, string Text)> OtherServices()
    {
        yield return ("github.env", $"GITHUB_TOKEN=ghp_{From(Alphanumeric, 36)}\nFICHIER_DIR=/srv/1fichier\n");
        yield return ("aws.env", $"AWS_ACCESS_KEY_ID=AKIA{From("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)}\nAWS_SECRET_ACCESS_KEY={Base64(30)}\n");
        yield return ("stripe.env", $"STRIPE_KEY=sk_live_{From(Alphanumeric, 24)}\n");
        yield return ("slack.env", $"SLACK_TOKEN=xoxb-{_chance.NextInt64(1_000_000_000, 9_999_999_999)}-{From(Alphanumeric, 24)}\n");
        yield return ("algolia.js", $"const client = algoliasearch('{From("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 10)}', '{Hex(32)}');\n");
        yield return ("openai.py", $"openai.api_key = \"sk-{From(Alphanumeric, 48)}\"\n");
        yield return ("discord.py", $"TOKEN = \"{From(Alphanumeric, 24)}.{From(Alphanumeric, 6)}.{From(Alphanumeric, 27)}\"\n");
        yield return ("jwt.http", $"GET /1fichier HTTP/1.1\nAuthorization: Bearer {Jwt()}\n");
        yield return ("datadog.yaml", $"api_key: {Hex(32)}\nsite: datadoghq.eu\n");
        yield return ("plain.env", $"SECRET_KEY={From(Alphanumeric, 32)}\nAPI_TOKEN={Key()}\nJWT_SECRET={From(Alphanumeric, 32)}\n");
        yield return ("bearer.sh", $"curl -H 'Authorization: Bearer {From(Alphanumeric, 32)}' https://api.example.com/v1/items\n");
        yield return ("hoster.py", $"RAPIDGATOR_TOKEN = '{From(Alphanumeric, 32)}'\n");
        yield return ("npmrc", $"//registry.npmjs.org/:_authToken=npm_{From(Alphanumeric, 36)}\n");
        yield return ("google.json", $"{{\"api_key\":\"AIza{From(Alphanumeric, 35)}\",\"private_key_id\":\"{Hex(40)}\"}}");
        yield return ("sendgrid.env", $"SENDGRID_API_KEY=SG.{From(Alphanumeric, 22)}.{From(Alphanumeric, 43)}\n");
        yield return ("restic.env", $"RESTIC_PASSWORD={From(Alphanumeric, 32)}\nB2_ACCOUNT_KEY=K00{From(Alphanumeric, 28)}\n");
    }

    private IEnumerable<(string Path, string Text)> BesideTheService()
    {
        yield return ("mixed.env", $"FICHIER_API_KEY_FILE=/run/secrets/fichier\nSESSION_SECRET={From(Alphanumeric, 32)}\nDB_PASSWORD={From(Alphanumeric, 32)}\nJWT_SECRET={Key()}\n");
        yield return ("mixed.yml", $"environment:\n  FICHIER_ROOT: 1f:media\n  TMDB_API_KEY: {Hex(32)}\n  PLEX_TOKEN: {From(Alphanumeric, 20)}\n  UPTOBOX_TOKEN: {From(Alphanumeric, 32)}\n");
        yield return ("hosters.json", $"{{\"1fichier\":{{\"enabled\":true}},\"rapidgator\":{{\"apiKey\":\"{From(Alphanumeric, 32)}\"}}}}");
        yield return ("links.txt", $"https://1fichier.com/?{From("abcdefghijklmnopqrstuvwxyz0123456789", 20)}&af={_chance.Next(1_000_000)}\nhttps://a-4.1fichier.com/p{_chance.Next(1_000_000_000)}\nhttps://1fichier.com/dir/{From(Alphanumeric, 8)}\n");
        yield return ("crypt.conf", $"[vault]\ntype = crypt\nremote = fich:vault\npassword = {Url64(24)}\npassword2 = {Url64(24)}\n");
        yield return ("token.txt", $"user nas\nsecret {From(Alphanumeric, 43)}\nfor the gateway of 1fichier\n");
        yield return ("nom.py", $"nom_fichier = \"{From(Alphanumeric, 32)}\"\nhash_fichier = \"{Hex(32)}\"\nfichier = \"{From(Alphanumeric, 28)}.mkv\"\n");
        yield return ("francais.md", $"Le fichier de configuration contient la valeur {Hex(32)} et la clé publique {Url64(32)}.\n");
        yield return ("server.log", $"2026-01-01 upload to 1fichier done: request_id={From(Alphanumeric, 32)} etag={Hex(32)} session={From(Alphanumeric, 32)}\n");
        yield return ("nonce.json", $"{{\"service\":\"1fichier\",\"nonce\":\"{From(Alphanumeric, 32)}\",\"signature\":\"{Key()}\"}}");
        yield return ("owner", $"{Hex(16)} api.1fichier.com\n");
        yield return ("path.txt", $"/srv/1fichier/cache/{From(Alphanumeric, 32)}/block.bin\nhttps://cdn.example/{From(Alphanumeric, 32)}/1fichier.png\n");
        yield return ("masked.log", $"key {From(Alphanumeric, 4)}…{From(Alphanumeric, 4)} of 1fichier works\nAuthorization: Bearer ********************************\n");
    }
}
