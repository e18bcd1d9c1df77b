<?php
// The front controller of either version, and what a project writes into .env: CodeIgniter 4 guesses no address.
define('FCPATH', __DIR__ . '/');
putenv('CI_ENVIRONMENT=production');
putenv('app.baseURL=http://' . $_SERVER['HTTP_HOST'] . rtrim(dirname($_SERVER['SCRIPT_NAME']), '/') . '/');
putenv('app.CSPEnabled=true');
chdir(__DIR__);
require FCPATH . '../app/Config/Paths.php';
$paths = new Config\Paths();
if (is_file($paths->systemDirectory . '/Boot.php')) {
    require $paths->systemDirectory . '/Boot.php';
    exit(CodeIgniter\Boot::bootWeb($paths));
}
$app = require $paths->systemDirectory . '/bootstrap.php';
$app->run();
