<?php
// Several requests to one application, as workers make them: what each page says of the files of the build.
require __DIR__ . '/src/Kernel.php';
$kernel = new App\Kernel('prod', false);
foreach (['/index.php', '/index.php', '/in/a/folder/index.php'] as $script) {
    $server = ['SCRIPT_NAME' => $script, 'SCRIPT_FILENAME' => __DIR__ . '/public/index.php'];
    $address = 'http://shop.test' . rtrim(dirname($script), '/') . '/events/summer';
    $request = Symfony\Component\HttpFoundation\Request::create($address, 'GET', [], [], [], $server);
    $response = $kernel->handle($request);
    $kernel->terminate($request, $response);
    $tags = preg_match_all('/<(script|link) /', $response->getContent());
    preg_match('/src="([^"]*)common\./', $response->getContent(), $found);
    echo "$tags $found[1]\n";
}
