<?php
// What a new project of Laravel has around its views, as little of it as one page needs. The framework is Debian's.
require_once 'Illuminate/autoload.php';
spl_autoload_register(function ($class) {
    $file = __DIR__ . '/../' . lcfirst(str_replace('\\', '/', $class)) . '.php';
    if (is_file($file)) {
        require $file;
    }
});

$app = new Illuminate\Foundation\Application(dirname(__DIR__));
$app->singleton(Illuminate\Contracts\Http\Kernel::class, Illuminate\Foundation\Http\Kernel::class);
$app->singleton(Illuminate\Contracts\Debug\ExceptionHandler::class, Illuminate\Foundation\Exceptions\Handler::class);
$app->booted(function ($app) {
    $app['router']->get('/plain', function () {
        return 'it boots';
    });
    $app['router']->get('/events/summer', [App\Http\Controllers\EventController::class, 'summer']);
});
$kernel = $app->make(Illuminate\Contracts\Http\Kernel::class);
$kernel->handle(Illuminate\Http\Request::capture())->send();
