<?php

namespace Bundle\Laravel;

use Bundle\Address;
use Bundle\Bundle;
use Illuminate\Foundation\Http\Events\RequestHandled;
use Illuminate\Foundation\Vite;
use Illuminate\Support\ServiceProvider;

/**
 * The directive @bundle('trade/buy'), and config/bundle.php. Laravel finds this provider in composer.json.
 */
class BundleServiceProvider extends ServiceProvider
{
    private const CONFIG = __DIR__ . '/../../config/bundle.php';

    public function register()
    {
        $this->mergeConfigFrom(self::CONFIG, 'bundle');
        $this->app->singleton(Bundle::class, function ($app) {
            $options = $app['config']['bundle'];
            return new Bundle([
                'base' => $this->callable($options['base'] ?? null) ?? $options['base'] ?? function () use ($options) {
                    return $this->address($options['outDir']);
                },
                'nonce' => $this->callable($options['nonce'] ?? null) ?? $options['nonce'] ?? function () {
                    return $this->nonce();
                },
            ] + $options);
        });
    }

    public function boot()
    {
        $directive = function ($blade) {
            $blade->directive('bundle', function ($arguments) {
                return '<?php echo app(\\' . Bundle::class . "::class)->tags($arguments); ?>";
            });
        };
        // Without making the compiler for requests that show no view.
        $this->app->resolved('blade.compiler')
            ? $directive($this->app['blade.compiler'])
            : $this->app->afterResolving('blade.compiler', $directive);
        // Octane, and tests of an application, answer several requests in one process.
        $this->app['events']->listen(RequestHandled::class, function () {
            $this->app->forgetInstance(Bundle::class);
        });
        $this->publishes([self::CONFIG => $this->app->basePath('config/bundle.php')], 'bundle-config');
    }

    /** What calls the callable of the configuration. 'App\Csp@nonce' is one that can be cached, made by the container. */
    private function callable($value)
    {
        $is_callable = is_string($value) ? preg_match('/^[\\\\\w]+@\w+$/', $value) : is_callable($value);
        return !$is_callable ? null : function ($kind = null) use ($value) {
            return $this->app->call($value, ['kind' => $kind]);
        };
    }

    private function address(string $outDir): ?string
    {
        $site = $this->app['url']->asset('');
        // Another host is what ASSET_URL is for. The own one may have several names.
        $site = $this->app['config']['app.asset_url'] ? $site : Address::path($site);
        return Address::of($outDir, $this->app->make('path.public'), $site);
    }

    /** The framework has a nonce since version 9.19. */
    private function nonce(): ?string
    {
        return method_exists(Vite::class, 'cspNonce') ? $this->app->make(Vite::class)->cspNonce() : null;
    }
}
