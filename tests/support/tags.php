<?php
// What bundle.php prints and throws. Run by php.rs: php tags.php FOLDER, where FOLDER holds a bundle.php; each line that is printed is a failure.

error_reporting(E_ALL);
set_error_handler(function ($code, $message, $file, $line) {
    echo "php says: $message ($file:$line)\n";
    return true;
});

$folder = $argv[1];
require $folder . '/bundle.php';
require $folder . '/bundle.php';

$count = 0;
function manifest($text)
{
    global $folder, $count;
    $path = $folder . '/manifest-' . ++$count . '.json';
    file_put_contents($path, is_string($text) ? $text : json_encode($text));
    return $path;
}

function same($actual, $expected)
{
    if ($actual !== $expected) {
        echo "is\n$actual\nand should be\n$expected\n";
    }
}

function refused($run, $part)
{
    try {
        $run();
    } catch (RuntimeException $wrong) {
        if (strpos($wrong->getMessage(), $part) === false) {
            echo "says {$wrong->getMessage()}, and nothing of $part\n";
        }
        return;
    }
    echo "does not refuse, and should with $part\n";
}

function shop()
{
    return array(
        'publicPath' => '/s/',
        'module' => false,
        'entrypoints' => array(
            'cart' => array('js' => array('/s/shared.js', '/s/cart.js'), 'css' => array('/s/cart.css')),
            'list' => array('js' => array('/s/shared.js', '/s/list.js'), 'css' => array()),
            'events/summer' => array('js' => array('/s/"><script>.js'), 'css' => array()),
        ),
    );
}

same(
    bundle_tags('cart', array('manifest' => manifest(shop()))),
    '<link rel="stylesheet" href="/s/cart.css">' . "\n" . '<script src="/s/shared.js"></script>' . "\n" . '<script src="/s/cart.js"></script>' . "\n"
);
// A page has its own list of tags, and the request's is not asked.
$list = manifest(shop());
$pages = array(new ArrayObject(), new ArrayObject());
foreach ($pages as $page) {
    $options = array('manifest' => $list, 'base' => '/page', 'printed' => $page);
    same(bundle_tags('list', $options), "<script src=\"/page/shared.js\"></script>\n<script src=\"/page/list.js\"></script>\n");
    same(bundle_tags('list', $options), '');
}
// What the header has printed the footer does not print again.
same(bundle_tags(array('cart', 'list'), array('manifest' => manifest(shop()))), '<script src="/s/list.js"></script>' . "\n");
same(bundle_tags('events/summer', array('manifest' => manifest(shop()))), '<script src="/s/&quot;&gt;&lt;script&gt;.js"></script>' . "\n");
$options = array('manifest' => manifest(shop()), 'base' => 'https://cdn.example/a', 'nonce' => 'a"b', 'defer' => true, 'only' => 'js');
same(
    bundle_tags('list', $options),
    '<script src="https://cdn.example/a/shared.js" defer nonce="a&quot;b"></script>' . "\n"
        . '<script src="https://cdn.example/a/list.js" defer nonce="a&quot;b"></script>' . "\n"
);
same(
    bundle_tags('cart', array('only' => 'css', 'nonce' => 'n') + $options),
    '<link rel="stylesheet" href="https://cdn.example/a/cart.css" nonce="n">' . "\n"
);
$module = array('module' => true, 'publicPath' => '') + shop();
same(bundle_tags('list', array('manifest' => manifest($module), 'base' => '/m/', 'async' => true, 'only' => 'js')),
    '<script type="module" src="/m//s/shared.js" async></script>' . "\n" . '<script type="module" src="/m//s/list.js" async></script>' . "\n");
$checked = array(
    'publicPath' => '/t/',
    'entrypoints' => array('cart' => array('js' => array('/t/cart.js'), 'css' => array())),
    'integrity' => array('/t/cart.js' => 'sha384-"'),
);
$options = array('manifest' => manifest($checked), 'integrity' => true);
same(bundle_tags('cart', $options), '<script src="/t/cart.js" integrity="sha384-&quot;"></script>' . "\n");
same(
    bundle_tags('cart', $options + array('base' => '//cdn.example')),
    '<script src="//cdn.example/cart.js" integrity="sha384-&quot;" crossorigin="anonymous"></script>' . "\n"
);
$unsure = manifest(shop());
refused(function () use ($unsure) { bundle_tags('cat', array('manifest' => $unsure)); }, 'there is no entry "cat". Near are: cart');
refused(function () use ($unsure) { bundle_tags('<b onclick="x">', array('manifest' => $unsure)); }, '&lt;b onclick=&quot;x&quot;&gt;');
refused(function () use ($unsure) { bundle_tags(str_repeat('x', 100000), array('manifest' => $unsure)); }, 'there is no entry');
refused(function () use ($unsure) { bundle_tags("../../etc/passwd\0", array('manifest' => $unsure)); }, 'there is no entry');
refused(function () { bundle_tags('cart', array('manifest' => '/nowhere/entrypoints.json')); }, 'there is no entrypoints.json');
refused(function () { bundle_tags('cart'); }, 'there is no entrypoints.json');
foreach (array('', '{', 'null', '[]', '{"entrypoints": 1}', '{"entrypoints": {"cart"') as $broken) {
    $path = manifest($broken);
    refused(function () use ($path) { bundle_tags('cart', array('manifest' => $path)); }, 'is no manifest');
}
$half = manifest(array('entrypoints' => array('cart' => array('js' => 'x'))));
refused(function () use ($half) { bundle_tags('cart', array('manifest' => $half)); }, 'there is no entry "cart"');
