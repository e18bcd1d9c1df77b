<?php
return [
    'name' => 'recipe',
    'env' => 'production',
    'debug' => true,
    'url' => 'http://localhost',
    'timezone' => 'UTC',
    'locale' => 'en',
    'providers' => array_merge([
        Illuminate\Filesystem\FilesystemServiceProvider::class,
        Illuminate\Cache\CacheServiceProvider::class,
        Illuminate\View\ViewServiceProvider::class,
        Illuminate\Foundation\Providers\FoundationServiceProvider::class,
        // For commands.
        Illuminate\Foundation\Providers\ArtisanServiceProvider::class,
        Illuminate\Queue\QueueServiceProvider::class,
        Illuminate\Database\DatabaseServiceProvider::class,
        Illuminate\Foundation\Providers\ComposerServiceProvider::class,
    ], array_filter([App\Providers\BundleServiceProvider::class], 'class_exists')),
    'aliases' => [],
];
