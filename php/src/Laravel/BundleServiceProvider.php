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
        // Octane gives each request a container of its own, which is not always the provider's.
        $this->app->singleton(Bundle::class, function ($app) {
            $options = $app['config']['bundle'];
            return new Bundle([
                'base' => self::value($app, $options['base'] ?? null) ?? function () use ($app, $options) {
                    return self::address($app, $options['outDir']);
                },
                'nonce' => self::value($app, $options['nonce'] ?? null) ?? function () use ($app) {
                    return self::nonce($app);
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
        // Tests of an application request several pages of one.
        $this->app['events']->listen(RequestHandled::class, function () {
            $this->app->forgetInstance(Bundle::class);
        });
        $this->publishes([self::CONFIG => $this->app->basePath('config/bundle.php')], 'bundle-config');
    }

    /** A callable of the configuration as a closure. 'App\Csp@nonce' can be cached, and the container makes the object. */
    private static function value($app, $value)
    {
        $is_callable = is_string($value) ? preg_match('/^[\\\\\w]+@\w+$/', $value) : is_callable($value);
        return !$is_callable ? $value : function ($kind = null) use ($app, $value) {
            return $app->call($value, ['kind' => $kind]);
        };
    }

    private static function address($app, string $outDir): ?string
    {
        $site = $app['url']->asset('');
        // Another host is what ASSET_URL is for. The own one may have several names.
        $site = $app['config']['app.asset_url'] ? $site : Address::path($site);
        return Address::of($outDir, $app->make('path.public'), $site);
    }

    /** The framework has a nonce since version 9.19. */
    private static function nonce($app): ?string
    {
        return method_exists(Vite::class, 'cspNonce') ? $app->make(Vite::class)->cspNonce() : null;
    }
}
