using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using OneFichier.Wire;

namespace OneFichier;

/// <summary>Puts a <see cref="FichierClient"/> into a container.</summary>
public static class OneFichierServices
{
    /// <summary>The name of the <see cref="HttpClient"/> the client is given, for further configuration by <c>services.AddHttpClient(name)</c>.</summary>
    public const string HttpClientName = "OneFichier";

    /// <summary>Adds a single <see cref="FichierClient"/> for an account.</summary>
    public static IServiceCollection AddOneFichier(this IServiceCollection services, FichierOptions options) => services.AddOneFichier(_ => options);

    /// <summary>Adds a single <see cref="FichierClient"/> whose options come from the container. Without a logger in the options, the container's is used.</summary>
    public static IServiceCollection AddOneFichier(this IServiceCollection services, Func<IServiceProvider, FichierOptions> options)
    {
        services.AddHttpClient(HttpClientName)
            .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider => Transport.Create(options(provider)))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.TryAddSingleton(provider =>
        {
            var given = options(provider);
            return new FichierClient(
                given with { Logger = given.Logger ?? provider.GetService<ILoggerFactory>()?.CreateLogger<FichierClient>() },
                provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName));
        });
        return services;
    }
}
