<?php
// What the class Bundle\Bundle does. Run by php_packages.rs: php bundle_class.php PACKAGE FOLDER; each line that is printed on standard error is a
// failure.

error_reporting(E_ALL);
$failures = 0;
function failed($text)
{
    global $failures;
    $failures += 1;
    fwrite(STDERR, "$text\n");
}
set_error_handler(function ($code, $message, $file, $line) {
    failed("php says: $message ($file:$line)");
    return true;
});

[, $package, $folder] = $argv;
// The names of composer.json.
$autoload = json_decode(file_get_contents("$package/composer.json"), true)['autoload']['psr-4'];
spl_autoload_register(function ($class) use ($package, $autoload) {
    foreach ($autoload as $prefix => $path) {
        $file = "$package/$path" . str_replace('\\', '/', substr($class, strlen($prefix))) . '.php';
        if (strpos($class, $prefix) === 0 && is_file($file)) {
            require_once $file;
            return;
        }
    }
});

use Bundle\Address;
use Bundle\Bundle;
use Bundle\NotBuilt;

function same($actual, $expected)
{
    if ($actual !== $expected) {
        failed("is\n" . var_export($actual, true) . "\nand should be\n" . var_export($expected, true));
    }
}

function refused($class, $part, $run)
{
    try {
        $run();
    } catch (Exception $wrong) {
        if (!$wrong instanceof $class || strpos($wrong->getMessage(), $part) === false) {
            failed('says ' . get_class($wrong) . ": {$wrong->getMessage()}, and should say $class: $part");
        }
        return;
    }
    failed("does not refuse, and should with $part");
}

/** A build: hashed files, of which `also` is in both entries. */
function build($name, $public)
{
    global $folder, $package;
    $outDir = "$folder/$name";
    mkdir($outDir);
    copy("$package/bundle.php", "$outDir/bundle.php");
    file_put_contents("$outDir/entrypoints.json", json_encode(array(
        'publicPath' => $public,
        'module' => false,
        'entrypoints' => array(
            'cart' => array('js' => array("{$public}also.js", "{$public}cart.js"), 'css' => array("{$public}cart.css")),
            'list' => array('js' => array("{$public}also.js", "{$public}list.js"), 'css' => array()),
        ),
        'integrity' => array("{$public}cart.js" => 'sha384-x'),
    )));
    return $outDir;
}

// Before the first build.
$bundle = new Bundle(['outDir' => "$folder/none/"]);
$text = "The scripts are not built yet: run npx bundle (there is no $folder/none/bundle.php)";
refused(NotBuilt::class, $text, function () use ($bundle) {
    $bundle->tags('cart');
});
refused(RuntimeException::class, 'not built yet: run make', function () use ($folder) {
    (new Bundle(['outDir' => "$folder/none", 'command' => 'make']))->tags('cart');
});
mkdir("$folder/other");
file_put_contents("$folder/other/entrypoints.json", '{}');
refused(NotBuilt::class, 'set "manifest": "php"', function () use ($folder) {
    (new Bundle(['outDir' => "$folder/other"]))->tags('cart');
});

// Tags: stylesheets, then scripts, each once.
$first = build('first', '/s/');
$css = "<link rel=\"stylesheet\" href=\"/s/cart.css\">\n";
$js = "<script src=\"/s/also.js\"></script>\n<script src=\"/s/cart.js\" integrity=\"sha384-x\"></script>\n";
$bundle = new Bundle(['outDir' => $first]);
same($bundle->tags('cart'), $css . $js);
same($bundle->tags(['cart', 'list'], []), "<script src=\"/s/list.js\"></script>\n");
// The next page has all of them again, and so does another object.
$bundle->reset();
same($bundle->tags('cart', 'css'), $css);
same($bundle->tags('cart', ['only' => 'js']), $js);
same($bundle->tags('cart', null), '');
same((new Bundle(['outDir' => $first]))->tags('cart'), $css . $js);
// Two builds on one page: each has its own manifest.
same((new Bundle(['outDir' => build('second', '/t/')]))->tags('list'), "<script src=\"/t/also.js\"></script>\n<script src=\"/t/list.js\"></script>\n");

// Options of every page, and of one call.
$kinds = [];
$bundle = new Bundle([
    'outDir' => $first,
    'base' => function () {
        return '/shop';
    },
    'nonce' => function ($kind) use (&$kinds) {
        $kinds[] = $kind;
        return "n-$kind";
    },
    'integrity' => false,
    'defer' => true,
]);
same($bundle->tags('cart'), '<link rel="stylesheet" href="/shop/cart.css" nonce="n-css">' . "\n"
    . '<script src="/shop/also.js" defer nonce="n-js"></script>' . "\n" . '<script src="/shop/cart.js" defer nonce="n-js"></script>' . "\n");
same($kinds, ['css', 'js']);
$bundle->reset();
$own = ['only' => 'js', 'base' => false, 'nonce' => false, 'integrity' => true, 'defer' => false];
same($bundle->tags('cart', $own), $js);
// The name of a function is no callable.
$bundle = new Bundle(['outDir' => $first, 'nonce' => 'time']);
same($bundle->tags('cart', 'css'), "<link rel=\"stylesheet\" href=\"/s/cart.css\" nonce=\"time\">\n");

// Mistakes.
refused(RuntimeException::class, 'there is no entry "carts". Near are: cart', function () use ($bundle) {
    $bundle->tags('carts');
});
refused(InvalidArgumentException::class, 'no option "outdir". There are: outDir', function () {
    new Bundle(['outdir' => 'x']);
});
refused(InvalidArgumentException::class, 'the option "outDir" is missing', function () {
    new Bundle([]);
});
refused(InvalidArgumentException::class, 'no option of tags "nonse"', function () use ($bundle) {
    $bundle->tags('cart', ['nonse' => 'x']);
});
refused(InvalidArgumentException::class, 'no kind of tags "styles". There are: css, js', function () use ($bundle) {
    $bundle->tags('cart', 'styles');
});

// Addresses.
same(Address::of('/srv/shop/public/scripts', '/srv/shop/public/', '/shop/'), '/shop/scripts');
same(Address::of('/srv/shop/public', '/srv/shop/public', ''), '');
same(Address::of('C:\shop\public\scripts', 'C:/shop/public', ''), '/scripts');
same(Address::of('/srv/shop/publicity', '/srv/shop/public', ''), null);
same(Address::of('/srv/elsewhere', '/srv/shop/public', ''), null);
symlink($first, "$folder/link");
same(Address::of("$folder/first", "$folder/link", '/x'), '/x');
same(Address::path('https://shop.test:8080/in/a/folder/'), '/in/a/folder');
same(Address::path('https://shop.test'), '');
exit($failures === 0 ? 0 : 1);
