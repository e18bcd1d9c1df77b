<?php
/** The address of the site and a path in it. */
function base_url($path = '')
{
    return 'http://' . $_SERVER['HTTP_HOST'] . rtrim(dirname($_SERVER['SCRIPT_NAME']), '/') . '/' . $path;
}

function esc($text)
{
    return htmlspecialchars($text, ENT_QUOTES, 'UTF-8');
}

function service($name)
{
    static $policy = null;
    return $policy = $policy ?: new ContentSecurityPolicy();
}

/** Nonces of scripts and of styles differ, as in the framework. */
final class ContentSecurityPolicy
{
    private $nonces = [];

    public function getStyleNonce()
    {
        return $this->nonce('style');
    }

    public function getScriptNonce()
    {
        return $this->nonce('script');
    }

    private function nonce($kind)
    {
        return $this->nonces[$kind] ??= base64_encode(random_bytes(12));
    }

    public function send()
    {
        $policy = "default-src 'self'";
        foreach ($this->nonces as $kind => $nonce) {
            $policy .= "; $kind-src 'self' 'nonce-$nonce'";
        }
        header("Content-Security-Policy: $policy");
    }
}

/** A view, in the layout that it extends. */
final class View
{
    private $layout = null;
    private $sections = [];
    private $open = [];

    public function render($name, array $data)
    {
        extract($data);
        ob_start();
        include APPPATH . "Views/$name.php";
        $shown = ob_get_clean();
        [$layout, $this->layout] = [$this->layout, null];
        return $layout === null ? $shown : $this->render($layout, $data);
    }

    public function extend($layout)
    {
        $this->layout = $layout;
    }

    public function section($name)
    {
        $this->open[] = $name;
        ob_start();
    }

    public function endSection()
    {
        $this->sections[array_pop($this->open)] = ob_get_clean();
    }

    public function renderSection($name)
    {
        return $this->sections[$name];
    }
}

function view($name, array $data = [])
{
    return (new View())->render($name, $data);
}

/** What a controller returns; `url` is a helper of the framework's own. */
function miniature_run($class, $method)
{
    class_alias('BaseController', 'App\\Controllers\\BaseController');
    require APPPATH . 'Controllers/' . basename(str_replace('\\', '/', $class)) . '.php';
    $body = (new $class())->$method();
    service('csp')->send();
    return $body;
}

class BaseController
{
    protected $helpers = [];

    public function __construct()
    {
        foreach (array_diff($this->helpers, ['url']) as $helper) {
            require_once APPPATH . "Helpers/{$helper}_helper.php";
        }
    }
}
