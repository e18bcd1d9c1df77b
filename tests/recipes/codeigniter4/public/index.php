<?php
// A miniature of CodeIgniter 4, just enough for the helper, the controller and the views of docs/php.md: the framework is in no package of Debian. The real
// one takes its place unchanged.
define('FCPATH', __DIR__ . '/');
define('APPPATH', __DIR__ . '/../app/');

require __DIR__ . '/../system/miniature.php';

echo miniature_run('App\\Controllers\\Events', 'summer');
