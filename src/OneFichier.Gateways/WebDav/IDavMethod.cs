namespace OneFichier.Gateways.WebDav;

/// <summary>One method of the protocol. It throws what is to be refused, before it has begun to answer.</summary>
internal interface IDavMethod
{
    Task AnswerAsync(DavRequest request, CancellationToken cancellationToken);
}
