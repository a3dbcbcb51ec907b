namespace OneFichier.Sandbox;

/// <summary>How a scalar is written.</summary>
public enum ScalarForm
{
    /// <summary>As a JSON string.</summary>
    Text,

    /// <summary>As a JSON number.</summary>
    Number,
}

/// <summary>How an array without members is written.</summary>
public enum EmptyArrayForm
{
    /// <summary>As <c>[]</c>.</summary>
    Present,

    /// <summary>The member is left out.</summary>
    Missing,

    /// <summary>As <c>null</c>.</summary>
    Null,
}

/// <summary>Spellings of the content type's key.</summary>
public enum ContentTypeSpelling
{
    /// <summary><c>content-type</c>.</summary>
    Hyphen,

    /// <summary><c>content_type</c>.</summary>
    Underscore,

    /// <summary>Both keys.</summary>
    Both,
}

/// <summary>Types of the acl member.</summary>
public enum AclForm
{
    /// <summary>A number in listings, an object in file/info.</summary>
    AsSeen,

    /// <summary>A number everywhere.</summary>
    Number,

    /// <summary>An object everywhere.</summary>
    Object,
}

/// <summary>Zones the service's dates may be in.</summary>
public enum DateZone
{
    /// <summary>Europe/Paris, with daylight saving.</summary>
    Paris,

    /// <summary>An hour ahead of UTC all year.</summary>
    FixedUtcPlus1,

    /// <summary>UTC.</summary>
    Utc,
}

/// <summary>HTTP statuses of KO replies.</summary>
public enum RefusalCarrier
{
    /// <summary>Each refusal has the status it was seen with, or the likeliest.</summary>
    AsSeen,

    /// <summary>All are 200.</summary>
    Always200,

    /// <summary>All are 403, not-found ones 404.</summary>
    Always4xx,
}

/// <summary>Answers to mkdir of a name that is there.</summary>
public enum ExistingFolderAnswer
{
    /// <summary>KO "Another folder have that name".</summary>
    Refuse,

    /// <summary>OK, with the id of the folder that is there.</summary>
    ReturnExisting,

    /// <summary>OK; there are two folders of that name.</summary>
    CreateSecond,
}

/// <summary>What happens to <c>\ &lt; &gt; " ' $ `</c>, slashes, control characters, and spaces at the ends of a name.</summary>
public enum ReservedCharacters
{
    /// <summary>The name is refused.</summary>
    Reject,

    /// <summary>Each becomes an underscore.</summary>
    Replace,

    /// <summary>They are dropped.</summary>
    Strip,

    /// <summary>They are kept.</summary>
    Keep,
}

/// <summary>Reports that come as the reply of upload.cgi itself.</summary>
public enum InlineReport
{
    /// <summary>None: a redirect to end.pl.</summary>
    No,

    /// <summary>An HTML page with the links.</summary>
    Html,

    /// <summary>The JSON of end.pl.</summary>
    Json,
}
