using Microsoft.AspNetCore.Http;

namespace OneFichier.Sandbox.Control;

internal sealed class ControlFront(SandboxControl control)
{
    public Task AnswerAsync(HttpContext context)
    {
        _ = control;
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }
}
