<?php
// Several requests to one application, as tests and workers make them: what each page says of the files of the build.
$app = require __DIR__ . '/bootstrap/app.php';
$app->booted(function ($app) {
    $app['router']->get('/events/summer', [App\Http\Controllers\EventController::class, 'summer']);
});
$kernel = $app->make(Illuminate\Contracts\Http\Kernel::class);
$page = function ($address) use ($kernel) {
    $request = Illuminate\Http\Request::create($address);
    $response = $kernel->handle($request);
    $kernel->terminate($request, $response);
    $tags = preg_match_all('/<(script|link) /', $response->getContent());
    preg_match('/src="([^"]*)common\./', $response->getContent(), $found);
    echo "$tags $found[1]\n";
};
$page('http://shop.test/events/summer');
$page('http://shop.test/events/summer');
$app['config']['app.asset_url'] = 'https://cdn.test/x';
$app['url'] = new Illuminate\Routing\UrlGenerator($app['router']->getRoutes(), $app['request'], 'https://cdn.test/x');
$page('http://shop.test/events/summer');
$app['config']['bundle.base'] = 'https://user@files.test/';
$page('http://shop.test/events/summer');
$app['config']['bundle.base'] = false;
$page('http://shop.test/events/summer');
