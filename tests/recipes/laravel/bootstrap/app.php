<?php
// What a new project of Laravel has around its views, as little of it as one page needs. The framework is Debian's, unless a test
// writes framework.php, which loads another.
$project = dirname(__DIR__);
require_once is_file("$project/framework.php") ? "$project/framework.php" : 'Illuminate/autoload.php';
if (is_file("$project/vendor/autoload.php")) {
    require_once "$project/vendor/autoload.php";
}
if (!defined('RECIPE')) {
    // Caching the configuration loads this file twice.
    define('RECIPE', 'laravel');
    spl_autoload_register(function ($class) use ($project) {
        $file = "$project/" . lcfirst(str_replace('\\', '/', $class)) . '.php';
        if (is_file($file)) {
            require $file;
        }
    });
}

$app = new Illuminate\Foundation\Application($project);
$app->singleton(Illuminate\Contracts\Http\Kernel::class, Illuminate\Foundation\Http\Kernel::class);
$app->singleton(Illuminate\Contracts\Console\Kernel::class, Illuminate\Foundation\Console\Kernel::class);
$app->singleton(Illuminate\Contracts\Debug\ExceptionHandler::class, Illuminate\Foundation\Exceptions\Handler::class);
return $app;
