<?php
/**
 * Tags for the scripts and sheets that a page needs of a build of `bundle`, by entrypoints.json beside this file.
 *
 *     require_once 'scripts/bundle.php';
 *     echo bundle_tags('events/summer-sale');
 *     echo bundle_tags(array('common', 'trade/buy'), array('nonce' => $nonce, 'defer' => true));
 *
 * For PHP 5.6 and later, without any other file. It may be loaded more than once.
 */
if (!function_exists('bundle_tags')) {
    /**
     * The tags for one entry or several, in the order in which a page includes them. A file whose tag was given before in this
     * request is left out: header and footer may both ask.
     *
     * Options:
     *   'only'      'css' or 'js': tags of that kind alone
     *   'nonce'     the nonce of the page's content security policy
     *   'defer'     true: scripts run when the page is parsed
     *   'async'     true: scripts run as soon as they are there, in the order that they need
     *   'integrity' true: browsers refuse other contents (for names with hashes alone: others may be replaced at any time)
     *   'base'      the address of the folder, in the place of publicPath: for a site in a sub-folder
     *   'manifest'  the path of another entrypoints.json
     *   'printed'   an ArrayObject that holds the tags of this page, for a process that answers several requests
     *
     * @param string|string[] $entries names of entries
     * @param array $options
     * @return string HTML
     * @throws RuntimeException if there is no such entry, or no manifest that can be read
     */
    function bundle_tags($entries, array $options = array())
    {
        static $request = null;
        $request = $request ?: new ArrayObject();
        $printed = isset($options['printed']) ? $options['printed'] : $request;
        $manifest = bundle_manifest(isset($options['manifest']) ? $options['manifest'] : __DIR__ . '/entrypoints.json');
        $only = isset($options['only']) ? $options['only'] : null;
        $tags = array('css' => '', 'js' => '');
        foreach ((array) $entries as $name) {
            $entry = bundle_entry($manifest, (string) $name);
            foreach (array('css', 'js') as $kind) {
                if ($only !== null && $only !== $kind) {
                    continue;
                }
                foreach ($entry[$kind] as $address) {
                    $integrity = bundle_integrity($address, $manifest, $options);
                    $address = bundle_address($address, $manifest, $options);
                    if (!isset($printed[$kind . $address])) {
                        $printed[$kind . $address] = true;
                        $tags[$kind] .= bundle_tag($kind, $address, $integrity, $manifest, $options);
                    }
                }
            }
        }
        return $tags['css'] . $tags['js'];
    }

    /** The manifest, read once in a request. */
    function bundle_manifest($path)
    {
        static $known = array();
        if (isset($known[$path])) {
            return $known[$path];
        }
        $text = is_file($path) ? @file_get_contents($path) : false;
        if ($text === false) {
            throw new RuntimeException('bundle: there is no ' . basename($path) . ' that can be read. Build the scripts, with "manifest": "php".');
        }
        $manifest = json_decode($text, true);
        if (!is_array($manifest) || !isset($manifest['entrypoints']) || !is_array($manifest['entrypoints'])) {
            throw new RuntimeException('bundle: ' . basename($path) . ' is no manifest of a build. Build the scripts again.');
        }
        return $known[$path] = $manifest;
    }

    /** An entry of the manifest. */
    function bundle_entry(array $manifest, $name)
    {
        $entries = $manifest['entrypoints'];
        if (isset($entries[$name]['js'], $entries[$name]['css']) && is_array($entries[$name]['js']) && is_array($entries[$name]['css'])) {
            return $entries[$name];
        }
        $near = array();
        foreach (array_keys($entries) as $known) {
            // levenshtein() takes no more than 255 bytes in old versions.
            $near[$known] = levenshtein(substr($name, 0, 200), substr((string) $known, 0, 200));
        }
        asort($near);
        $near = implode(', ', array_slice(array_keys($near), 0, 3));
        $shown = bundle_escape(substr($name, 0, 200));
        throw new RuntimeException('bundle: there is no entry "' . $shown . '"' . ($near === '' ? '.' : '. Near are: ' . bundle_escape($near) . '.'));
    }

    /** Where a file is, for this page. */
    function bundle_address($address, array $manifest, array $options)
    {
        if (!isset($options['base'])) {
            return $address;
        }
        $public = isset($manifest['publicPath']) ? $manifest['publicPath'] : '';
        $file = $public !== '' && strpos($address, $public) === 0 ? substr($address, strlen($public)) : $address;
        return rtrim($options['base'], '/') . '/' . $file;
    }

    /** What browsers compare the contents with. Another host has to allow that they look: crossorigin asks it. */
    function bundle_integrity($address, array $manifest, array $options)
    {
        if (empty($options['integrity']) || !isset($manifest['integrity'][$address])) {
            return '';
        }
        $host = bundle_address($address, $manifest, $options);
        $is_foreign = strpos($host, '//') === 0 || preg_match('~^[a-z][a-z0-9+.-]*://~i', $host);
        return ' integrity="' . bundle_escape($manifest['integrity'][$address]) . '"' . ($is_foreign ? ' crossorigin="anonymous"' : '');
    }

    /** One tag and a line break. */
    function bundle_tag($kind, $address, $integrity, array $manifest, array $options)
    {
        $nonce = isset($options['nonce']) ? ' nonce="' . bundle_escape($options['nonce']) . '"' : '';
        if ($kind === 'css') {
            return '<link rel="stylesheet" href="' . bundle_escape($address) . '"' . $integrity . $nonce . ">\n";
        }
        $type = empty($manifest['module']) ? '' : ' type="module"';
        $flags = (empty($options['defer']) ? '' : ' defer') . (empty($options['async']) ? '' : ' async');
        return '<script' . $type . ' src="' . bundle_escape($address) . '"' . $flags . $integrity . $nonce . "></script>\n";
    }

    /** A text as it may stand in HTML, and between the quotes of an attribute. */
    function bundle_escape($text)
    {
        return htmlspecialchars((string) $text, ENT_QUOTES, 'UTF-8');
    }
}
