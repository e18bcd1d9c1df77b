<?php

// A server that does not know the type of WebAssembly files.

$file = __DIR__ . parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if (substr($file, -5) !== '.wasm' || !is_file($file)) {
    return false;
}
header('Content-Type: text/plain; charset=utf-8');
readfile($file);
return true;
