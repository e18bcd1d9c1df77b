<?php
$app = require __DIR__ . '/../bootstrap/app.php';
$app->booted(function ($app) {
    $app['router']->get('/plain', function () {
        return 'it boots';
    });
    $app['router']->get('/events/summer', [App\Http\Controllers\EventController::class, 'summer']);
});
$kernel = $app->make(Illuminate\Contracts\Http\Kernel::class);
if (class_exists(App\Http\Middleware\ContentSecurityPolicy::class)) {
    $kernel->pushMiddleware(App\Http\Middleware\ContentSecurityPolicy::class);
}
$kernel->handle(Illuminate\Http\Request::capture())->send();
