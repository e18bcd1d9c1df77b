<?php

namespace Config;

$routes = Services::routes();
$routes->setDefaultNamespace('App\Controllers');
$routes->get('plain', static function () {
    return 'it boots';
});
$routes->get('events/summer', 'Events::summer');
