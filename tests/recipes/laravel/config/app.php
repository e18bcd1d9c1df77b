<?php
return [
    'name' => 'recipe',
    'env' => 'production',
    'debug' => true,
    'url' => 'http://localhost',
    'timezone' => 'UTC',
    'locale' => 'en',
    'providers' => [
        Illuminate\Filesystem\FilesystemServiceProvider::class,
        Illuminate\View\ViewServiceProvider::class,
        App\Providers\BundleServiceProvider::class,
    ],
    'aliases' => [],
];
