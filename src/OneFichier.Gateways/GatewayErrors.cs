using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OneFichier.Gateways;

/// <summary>Answers failures in plain text, or in the form the face has set for the request (<see cref="ErrorForm"/>).</summary>
public static class GatewayErrors
{
    private static readonly ErrorForm PlainText = new("text/plain; charset=utf-8", error => System.Text.Encoding.UTF8.GetBytes(error.Message + "\n"));

    /// <summary>Writes an answer about a failure; a response that has begun cannot be taken back and is cut instead, so that nobody takes it for whole.</summary>
    public static async Task WriteAsync(HttpContext context, GatewayError error)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(error);
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        var response = context.Response;
        response.StatusCode = error.Status;
        var form = context.Features.Get<ErrorForm>() ?? PlainText;
        response.ContentType = form.ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers.Remove("Content-Range");
        response.Headers.Remove("ETag");
        if (error.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var text = form.Write(error);
        response.ContentLength = text.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(text, context.RequestAborted);
    }

    internal static async Task AnswerAsync(HttpContext context, Exception exception, GuardOptions options)
    {
        if (context.RequestAborted.IsCancellationRequested)
            return;
        var error = GatewayError.Of(exception, options.Time);
        if (error.Status == StatusCodes.Status500InternalServerError)
            options.Logger.LogError(exception, "A request failed: {Method} {Path}", context.Request.Method, context.Request.Path);
        else
            options.Logger.LogDebug(exception, "A request was answered with {Status}", error.Status);
        await WriteAsync(context, error);
    }
}
