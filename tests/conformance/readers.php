<?php
// The tags for an entry as those print them who read the manifests of Laravel Mix and of Vite: php readers.php CHECKOUT PUBLIC ENTRY. CHECKOUT is one of the
// repositories that readers.mjs names, PUBLIC a folder whose `build` holds a build of ES modules with Vite's manifest, and `mix` one of classic scripts with Mix's, ENTRY a source such as pages/cart.js. Prints JSON:
// the reader, and HTML.
//
// The readers are the real code. What they ask their framework for is stubbed here, as little as they need.

error_reporting(E_ALL);
set_error_handler(function ($code, $message, $file, $line) {
    // Not what they silence.
    if (error_reporting() & $code) {
        throw new ErrorException($message, 0, $code, $file, $line);
    }
});

[, $checkout, $public, $entry] = $argv;
$sources = "$checkout/src";
// Who reads a manifest from the working directory is in the root of the site.
chdir($public);

spl_autoload_register(function ($class) use ($sources) {
    $places = [
        'Illuminate\\Support\\' => ["$sources/Illuminate/Collections/", "$sources/Illuminate/Macroable/", "$sources/Illuminate/Conditionable/"],
        'Illuminate\\' => ["$sources/Illuminate/"],
        'Idleberg\\ViteManifest\\' => ["$sources/"],
        'CodeIgniterVite\\' => ["$sources/"],
        'Mihatori\\CodeigniterVite\\' => ["$sources/"],
    ];
    foreach ($places as $prefix => $folders) {
        if (strpos($class, $prefix) !== 0) {
            continue;
        }
        foreach ($folders as $folder) {
            $file = $folder . str_replace('\\', '/', substr($class, strlen($prefix))) . '.php';
            if (is_file($file)) {
                require_once $file;
                return;
            }
        }
    }
});

/** Laravel and CodeIgniter, of which nobody asks more. */
final class Application
{
    public function get($key)
    {
        return $key === 'app.debug' ? true : null;
    }
}

/** What idleberg/php-vite-manifest needs of league/uri: a file of a folder. */
final class Address
{
    private $folder;

    public static function new($folder)
    {
        return self::from($folder);
    }

    public static function from($folder)
    {
        $made = new self();
        $made->folder = $folder;
        return $made;
    }

    public function withoutUriFactory()
    {
        return $this;
    }

    public function resolve($file)
    {
        return $this->folder . $file;
    }
}
class_alias('Address', 'League\\Uri\\Uri');
class_alias('Address', 'League\\Uri\\BaseUri');

function app($name = null)
{
    return new Application();
}

function asset($path, $secure = null)
{
    return '/' . ltrim($path, '/');
}

function public_path($path = '')
{
    global $public;
    return $public . ($path === '' ? '' : '/' . ltrim($path, '/'));
}

/** For those that take the folder of the manifest for the root of the site. */
function below($tags)
{
    return preg_replace('#(src|href)="/#', '$1="/build/', $tags);
}

function env($name)
{
    return '';
}

foreach (['Collections/functions', 'Collections/helpers', 'Support/functions', 'Support/helpers'] as $file) {
    if (is_file("$sources/Illuminate/$file.php")) {
        require_once "$sources/Illuminate/$file.php";
    }
}

$readers = [
    'Illuminate/Foundation/Mix.php' => function () use ($entry) {
        $mix = new Illuminate\Foundation\Mix();
        // With Mix it is the view that names all files of a page.
        $tags = '';
        foreach (array_keys(json_decode(file_get_contents(public_path('mix/mix-manifest.json')), true)) as $file) {
            if (preg_match('#^/chunks/shared~.*\.(js|css)$#', $file) || $file === "/$entry" || $file === '/' . preg_replace('/js$/', 'css', $entry)) {
                $address = $mix($file, 'mix');
                $tags .= substr($file, -4) === '.css' ? "<link rel=\"stylesheet\" href=\"$address\">" : "<script src=\"$address\"></script>";
            }
        }
        return $tags;
    },
    'Illuminate/Foundation/Vite.php' => function () use ($entry) {
        $vite = new Illuminate\Foundation\Vite();
        $vite->useCspNonce('abc');
        return (string) $vite($entry, 'build');
    },
    'ViteManifest.php' => function () use ($sources, $entry) {
        require "$sources/Helpers/vite_helper.php";
        return below((new CodeIgniterVite\ViteManifest(public_path('build/manifest.json')))->renderAssetLinks($entry));
    },
    // It includes every entry there is.
    'Vite.php' => function () {
        define('FCPATH', public_path('build/'));
        $tags = Mihatori\CodeigniterVite\Vite::tags();
        return below($tags['css'] . $tags['js']);
    },
    'Manifest.php' => function () use ($entry) {
        $manifest = new Idleberg\ViteManifest\Manifest(public_path('build/manifest.json'), public_path('build/'), 'sha384');
        $address = function (array $of) {
            return '/build/' . explode('/build/', $of['url'])[1] . '" integrity="' . $of['hash'];
        };
        $tags = '';
        foreach (array_merge($manifest->getStyles($entry), ...array_map([$manifest, 'getStyles'], imports($entry))) as $style) {
            $tags .= '<link rel="stylesheet" href="' . $address($style) . '">';
        }
        foreach ($manifest->getImports($entry) as $import) {
            $tags .= '<link rel="modulepreload" href="' . $address($import) . '">';
        }
        return $tags . '<script type="module" src="' . $address($manifest->getEntrypoint($entry)) . '"></script>';
    },
];

function imports($entry)
{
    $manifest = json_decode(file_get_contents(public_path('build/manifest.json')), true);
    return isset($manifest[$entry]['imports']) ? $manifest[$entry]['imports'] : [];
}

$printed = [];
foreach ($readers as $file => $read) {
    $is_other = $file === 'Vite.php' && is_file("$sources/ViteManifest.php");
    if (is_file("$sources/$file") && !$is_other) {
        $printed[$file] = $read();
    }
}
echo json_encode($printed, JSON_UNESCAPED_SLASHES), "\n";
