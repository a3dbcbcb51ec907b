namespace OneFichier.Server.Tests.Leaks;

internal sealed partial class LeakCorpus
{
    /// <summary>What was typed, or would be.</summary>
    private static readonly (string Path, string Text)[] Typed =
    [
        ("upload.sh", "#!/bin/bash\nset -e\nAPI_KEY=\"$KEY\"\n\nfor f in *.mkv; do\n  curl -s -X POST https://api.1fichier.com/v1/file/ls.cgi \\\n    -H \"Authorization: Bearer $API_KEY\" -d '{}'\ndone\n"),
        ("sync.sh", "export FICHIER_API_KEY=$KEY\nfichier sync /data 1f:data\n"),
        (".bashrc", "alias ll='ls -l'\nexport RCLONE_FICHIER_API_KEY='$KEY'\n"),
        (".bash_history", "ls\ncd /srv\ncurl -H 'Authorization: Bearer $KEY' -H 'Content-Type: application/json' -d '{\"folder_id\":0}' https://api.1fichier.com/v1/folder/ls.cgi\nexit\n"),
        (".zsh_history", ": 1700000000:0;curl -X POST -H \"Content-Type: application/json\" -H \"Authorization: Bearer $KEY\" \"https://api.1fichier.com/v1/user/info.cgi\"\n: 1700000001:0;ls\n"),
        (".local/share/fish/fish_history", "- cmd: set -x FICHIER_API_KEY $KEY\n  when: 1700000000\n"),
        ("history2", "rclone lsf \":fichier,api_key=$KEY:backup\"\n"),
        ("history3", "rclone config create fich fichier api_key=$KEY\n"),
        ("history4", "echo $KEY | fichier login\n"),
        ("ps.ps1", "$env:FICHIER_API_KEY = \"$KEY\"\n./fichier.exe ls 1f:\n"),
        ("crontab", "0 2 * * * FICHIER_API_KEY=$KEY /usr/bin/fichier sync /data 1f:data\n"),
        ("escaped.json", "{\"cmd\":\"curl -H \\\"Authorization: Bearer $KEY\\\" https://api.1fichier.com/v1/user/info.cgi\"}"),
        ("default.sh", "KEY=\"${FICHIER_API_KEY:-$KEY}\"\nfichier ls 1f:\n"),
        ("var.sh", "KEY='$KEY'\nexport FICHIER_API_KEY=\"${KEY}\"\n"),
        ("function.sh", "fichier_ls() {\n  local key=$KEY\n  curl -sS -H \"Authorization: Bearer $key\" https://api.1fichier.com/v1/folder/ls.cgi\n}\n"),
        ("heredoc.sh", "cat > ~/.config/rclone/rclone.conf <<EOF\n[f]\ntype = fichier\napi_key = $KEY\nEOF\n"),
        ("docker.sh", "docker run -d --name up -e TZ=Europe/Paris -e FICHIER_API_KEY=$KEY -v /data:/data ghcr.io/me/up:1\n"),
        ("docker2.sh", "docker run -d -e API_KEY=$KEY me/1fichier-uploader\n"),
        ("wget.sh", "wget -qO- --header='Authorization: Bearer $KEY' --header='Content-Type: application/json' --post-data='{}' https://api.1fichier.com/v1/user/info.cgi\n"),
        ("httpie.sh", "http POST https://api.1fichier.com/v1/user/info.cgi \"Authorization:Bearer $KEY\"\n"),
        ("continued.sh", "curl -X POST \\\n  -H \"Authorization: Bearer $KEY\" \\\n  -H \"Content-Type: application/json\" \\\n  -d '{\"url\":\"https://1fichier.com/?$ID\"}' \\\n  https://api.1fichier.com/v1/download/get_token.cgi\n"),
        ("upload2.sh", "curl -F 'file[]=@film.mkv' -H 'Authorization: Bearer $KEY' \"https://up2.1fichier.com/upload.cgi?id=abcdefghij\"\n"),
        ("kubectl.sh", "kubectl create secret generic fichier --from-literal=api-key=$KEY\n"),
        ("gh.sh", "gh secret set FICHIER_API_KEY --body $KEY\n"),
        ("base64.sh", "echo $ENV64 | base64 -d > .env\n"),
        ("rclone-flag.sh", "rclone copy /data :fichier:backup --fichier-api-key $KEY\n"),
        ("rclone-flag2.sh", "rclone ls --fichier-api-key=$KEY :fichier:\n"),
        ("set.bat", "@echo off\nset FICHIER_API_KEY=$KEY\nfichier.exe sync C:\\data 1f:data\n"),
        ("setx.cmd", "setx FICHIER_API_KEY \"$KEY\"\n"),
        ("invoke.ps1", "$headers = @{ Authorization = \"Bearer $KEY\" }\nInvoke-RestMethod -Method Post -Uri https://api.1fichier.com/v1/user/info.cgi -Headers $headers -ContentType 'application/json'\n"),
        ("variable.ps1", "[Environment]::SetEnvironmentVariable('FICHIER_API_KEY', '$KEY', 'User')\n"),
        ("config.fish", "set -gx FICHIER_API_KEY $KEY\n"),
        (".python_history", "import requests\nh={'Authorization':'Bearer $KEY'}\nrequests.post('https://api.1fichier.com/v1/user/info.cgi',headers=h)\n"),
        ("history5", "export API_KEY=$KEY\nls\ncd /srv/up\ncurl -H \"Authorization: Bearer $API_KEY\" https://api.1fichier.com/v1/user/info.cgi\n"),
    ];
}
