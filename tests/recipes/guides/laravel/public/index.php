<?php
// A route for each view of the guide; for `@vite`, which Debian's Laravel 8 does not have yet, a stand-in that reads the same manifest.
$app = require __DIR__ . '/../bootstrap/app.php';
$app->booted(function ($app) {
    $app['router']->get('/{page?}', function ($page = 'shop') {
        return view($page);
    });
    $app['blade.compiler']->directive('vite', function ($entries) {
        return "<?php echo vite($entries); ?>";
    });
});

function vite($entries)
{
    $manifest = json_decode(file_get_contents(public_path('build/manifest.json')), true);
    $tags = '';
    foreach ((array) $entries as $entry) {
        $chunk = $manifest[$entry];
        foreach (array_merge(isset($chunk['css']) ? $chunk['css'] : [], [$chunk['file']]) as $file) {
            $tags .= substr($file, -4) === '.css'
                ? '<link rel="stylesheet" href="' . asset("build/$file") . '" />'
                : '<script type="module" src="' . asset("build/$file") . '"></script>';
        }
    }
    return $tags;
}
$app->make(Illuminate\Contracts\Http\Kernel::class)->handle(Illuminate\Http\Request::capture())->send();
