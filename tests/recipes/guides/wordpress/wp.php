<?php
// A miniature of WordPress, just enough for the theme of the guide: scripts and stylesheets are queued, and printed in head and footer.
if (is_file(__DIR__ . parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH))) {
    return false;
}
$hooks = ['wp_head' => [], 'wp_footer' => [], 'wp_enqueue_scripts' => []];
$queue = ['head' => '', 'footer' => ''];

function add_action($hook, $call)
{
    global $hooks;
    $hooks[$hook][] = $call;
}

function wp_enqueue_style($handle, $address, $needs = [], $version = false)
{
    global $queue;
    $queue['head'] .= "<link rel=\"stylesheet\" id=\"$handle-css\" href=\"$address\">\n";
}

function wp_enqueue_script($handle, $address, $needs = [], $version = false, $in_footer = false)
{
    global $queue;
    $queue[$in_footer ? 'footer' : 'head'] .= "<script src=\"$address\" id=\"$handle-js\"></script>\n";
}

function print_part($part)
{
    global $hooks, $queue;
    foreach ($hooks["wp_$part"] as $call) {
        $call();
    }
    echo $queue[$part];
}

function wp_head()
{
    global $hooks;
    foreach ($hooks['wp_enqueue_scripts'] as $call) {
        $call();
    }
    print_part('head');
}

function wp_footer()
{
    print_part('footer');
}

function get_template_directory()
{
    return __DIR__;
}

function get_template_directory_uri()
{
    return '';
}

require __DIR__ . '/functions.php';
require __DIR__ . '/index.php';
