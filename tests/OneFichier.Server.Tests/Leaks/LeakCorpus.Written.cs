namespace OneFichier.Server.Tests.Leaks;

internal sealed partial class LeakCorpus
{
    /// <summary>What people and programs write down.</summary>
    private static readonly (string Path, string Text)[] Written =
    [
        ("work.ipynb", "{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"import os\\n\",\"os.environ['FICHIER_API_KEY'] = '$KEY'\\n\",\"!fichier ls 1f:\\n\"],\"outputs\":[]}]}"),
        ("out.ipynb", "{\"cells\":[{\"outputs\":[{\"text\":[\"POST https://api.1fichier.com/v1/file/ls.cgi\\nAuthorization: Bearer $KEY\\n\"]}]}]}"),
        ("README.md", "Set your key:\n\n```\nexport FICHIER_API_KEY=$KEY\n```\n"),
        ("notes.txt", "1fichier api key: $KEY\n"),
        ("accounts.csv", "site;login;key\n1fichier.com;me;$KEY\nrapidgator.net;me;$MD5\n"),
        ("trace.log", "2026-01-01 DEBUG > POST /v1/file/ls.cgi HTTP/1.1\n> Host: api.1fichier.com\n> Authorization: Bearer $KEY\n> Content-Type: application/json\n"),
        ("app.har", "{\"request\":{\"url\":\"https://api.1fichier.com/v1/file/ls.cgi\",\"headers\":[{\"name\":\"Authorization\",\"value\":\"Bearer $KEY\"}]}}"),
        ("query.log", "GET /up?host=1fichier.com&apikey=$KEYURL&x=1 HTTP/1.1\n"),
        ("wrapped.txt", "Authorization:\\u0020Bearer\\u0020$KEY https://api.1fichier.com\n"),
        ("requests.ipynb", "{\n \"cells\": [\n  {\n   \"cell_type\": \"code\",\n   \"source\": [\n    \"API_KEY = \\\"$KEY\\\"\\n\",\n    \"BASE = \\\"https://api.1fichier.com/v1\\\"\\n\"\n   ]\n  }\n ]\n}\n"),
        ("guide.md", "# Upload\n\n```sh\ncurl -s -X POST https://api.1fichier.com/v1/user/info.cgi \\\n  -H 'Authorization: Bearer $KEY'\n```\n"),
        ("table.md", "| service | key |\n|---|---|\n| 1fichier | `$KEY` |\n| github | ghp_$OTHERabcd |\n"),
        ("inline.md", "My 1fichier key is `$KEY`, keep it.\n"),
        ("mail.txt", "> here is the API key of the 1fichier account:\n> $KEY\n>\n> bye\n"),
        ("rclone.log", "2026/01/01 10:00:00 DEBUG : HTTP REQUEST (req 0xc0004d0000)\n2026/01/01 10:00:00 DEBUG : POST /v1/folder/ls.cgi HTTP/1.1\nHost: api.1fichier.com\nUser-Agent: rclone/v1.66.0\nContent-Length: 15\nAuthorization: Bearer $KEY\nContent-Type: application/json\nAccept-Encoding: gzip\n\n{\"folder_id\":0}\n"),
        ("curl-v.log", "> POST /v1/user/info.cgi HTTP/2\n> Host: api.1fichier.com\n> user-agent: curl/8.5.0\n> accept: */*\n> authorization: Bearer $KEY\n"),
        ("python.log", "DEBUG:urllib3:https://api.1fichier.com:443 headers={'Authorization': 'Bearer $KEY', 'Accept': '*/*'}\n"),
        ("env.log", "PATH=/usr/bin\nFICHIER_API_KEY=$KEY\nGITHUB_SHA=$MD5abcdef12\n"),
        ("ps.txt", "me  4711  0.1 rclone --fichier-api-key $KEY copy /data f:\n"),
        ("tabs.tsv", "host\tuser\tkey\n1fichier.com\tme\t$KEY\n"),
        ("todo.org", "* TODO 1fichier\n  :api-key: $KEY\n"),
        ("quoted.yml", "log: 'POST https://api.1fichier.com/v1/file/ls.cgi with Authorization: Bearer $KEY'\n"),
    ];
}
