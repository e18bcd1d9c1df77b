<?php

// helper('bundle') of CodeIgniter 4.
if (!function_exists('bundle')) {
    /**
     * The tags of entries.
     *
     * @param string|string[] $entries
     * @param array|string|null $options
     */
    function bundle($entries, $options = []): string
    {
        return service('bundle')->tags($entries, $options);
    }
}
