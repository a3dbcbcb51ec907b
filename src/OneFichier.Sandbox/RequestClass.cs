namespace OneFichier.Sandbox;

/// <summary>The parts of the service, by what their requests cost a client.</summary>
public enum RequestClass
{
    /// <summary>The API host, whose requests are the scarce ones.</summary>
    Api,

    /// <summary>Upload nodes: upload.cgi and end.pl.</summary>
    Node,

    /// <summary>Direct downloads.</summary>
    Download,

    /// <summary>Pages anyone may see: file pages, shares, check_links.pl, removal.</summary>
    Public,
}
