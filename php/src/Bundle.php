<?php

namespace Bundle;

use ArrayObject;
use InvalidArgumentException;

/**
 * Prints the tags of a build. The work is done by bundle_tags() of the bundle.php that the build wrote: this class finds that
 * file, adds the options that all pages share, and keeps the list of tags that the page already has.
 *
 * No file is read before tags are printed, so that an application boots without a build.
 */
class Bundle
{
    /** Options of every page. docs/php-packages.md describes them. */
    private const OPTIONS = ['outDir', 'command', 'base', 'nonce', 'integrity', 'defer', 'async'];

    /** Options of one call. They replace those of every page. */
    private const TAG_OPTIONS = ['only', 'base', 'nonce', 'integrity', 'defer', 'async'];

    private const KINDS = ['css', 'js'];

    /** @var array */
    private $options;

    /** @var ArrayObject */
    private $printed;

    /**
     * @param array $options
     *   'outDir'    the folder of the build
     *   'command'   what builds it, for the message of NotBuilt
     *   'base'      the folder's address; null or false: publicPath of the configuration
     *   'nonce'     the nonce of the page's content security policy; null or false: none
     *   'integrity' false: tags have no integrity
     *   'defer', 'async' true: scripts have the attribute
     *
     * `base` and `nonce` may be callables other than names of functions. The nonce's gets 'css' or 'js'.
     */
    public function __construct(array $options)
    {
        self::check(array_keys($options), self::OPTIONS, 'option');
        if (!isset($options['outDir']) || $options['outDir'] === '') {
            throw new InvalidArgumentException('bundle: the option "outDir" is missing: the folder of the build');
        }
        $this->options = $options + ['command' => 'npx bundle', 'integrity' => true];
        $this->reset();
    }

    /**
     * The tags of one entry or several, each file once in a request.
     *
     * @param string|string[] $entries
     * @param array|string|null $options 'css' or 'js' is short for ['only' => 'css']
     * @return string HTML
     * @throws NotBuilt before the first build
     * @throws \RuntimeException if there is no such entry
     */
    public function tags($entries, $options = []): string
    {
        $options = is_array($options) ? $options : ['only' => $options];
        self::check(array_keys($options), self::TAG_OPTIONS, 'option of tags');
        $only = $options['only'] ?? null;
        self::check($only === null ? [] : [$only], self::KINDS, 'kind of tags');
        $this->load();
        $options += $this->options;
        $options['base'] = self::value($options['base'] ?? null, []);
        $options['manifest'] = $this->file('entrypoints.json');
        $options['printed'] = $this->printed;
        $nonce = $options['nonce'] ?? null;
        $tags = '';
        // One call for each kind: policies may have a nonce for scripts and another for stylesheets.
        foreach ($only === null ? self::KINDS : [$only] as $kind) {
            $tags .= bundle_tags($entries, ['only' => $kind, 'nonce' => self::value($nonce, [$kind])] + $options);
        }
        return $tags;
    }

    /** Begins the next page, in a process that answers several requests. */
    public function reset(): void
    {
        $this->printed = new ArrayObject();
    }

    /** Loads the functions that the build wrote. */
    private function load(): void
    {
        $built = $this->file('bundle.php');
        if (is_file($built)) {
            require_once $built;
            return;
        }
        $command = $this->options['command'];
        if (is_file($this->file('entrypoints.json'))) {
            throw new NotBuilt("The build has no bundle.php: set \"manifest\": \"php\" and run $command ($built)");
        }
        throw new NotBuilt("The scripts are not built yet: run $command (there is no $built)");
    }

    private function file(string $name): string
    {
        return rtrim($this->options['outDir'], '/\\') . '/' . $name;
    }

    /** A value, or what a callable returns. A text is a value, even if a function has that name. */
    private static function value($value, array $arguments): ?string
    {
        $value = !is_string($value) && is_callable($value) ? $value(...$arguments) : $value;
        return $value === false ? null : $value;
    }

    private static function check(array $given, array $known, string $what): void
    {
        $unknown = array_values(array_diff($given, $known));
        if ($unknown !== []) {
            $list = implode(', ', $known);
            throw new InvalidArgumentException("bundle: there is no $what \"$unknown[0]\". There are: $list");
        }
    }
}
