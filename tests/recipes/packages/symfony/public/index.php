<?php
require __DIR__ . '/../src/Kernel.php';
// A test that reads errors has PHP show them.
$kernel = new App\Kernel('prod', (bool) ini_get('display_errors'));
$request = Symfony\Component\HttpFoundation\Request::createFromGlobals();
$response = $kernel->handle($request);
$response->send();
$kernel->terminate($request, $response);
