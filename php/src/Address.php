<?php

namespace Bundle;

/** Where the folder of a build is on the web. */
final class Address
{
    /**
     * The address of `$outDir`, if it lies in the public folder of a site. Else null, and tags have publicPath of the
     * configuration.
     *
     * @param string $public the folder that the server serves
     * @param string $site its address: '/shop', '' at the root, or that of another host
     */
    public static function of(string $outDir, string $public, string $site): ?string
    {
        $below = self::below(self::slashes($outDir), self::slashes($public));
        // The folders themselves may be links, or lie behind one.
        if ($below === null && realpath($outDir) !== false && realpath($public) !== false) {
            $below = self::below(self::slashes(realpath($outDir)), self::slashes(realpath($public)));
        }
        return $below === null ? null : rtrim($site, '/') . $below;
    }

    /** The path of an address, without its host: a site may have several names. */
    public static function path(string $address): string
    {
        return rtrim((string) parse_url($address, PHP_URL_PATH), '/');
    }

    /** '/scripts', or '' for the public folder itself. */
    private static function below(string $outDir, string $public): ?string
    {
        return strpos("$outDir/", "$public/") === 0 ? substr($outDir, strlen($public)) : null;
    }

    private static function slashes(string $folder): string
    {
        return rtrim(str_replace('\\', '/', $folder), '/');
    }
}
