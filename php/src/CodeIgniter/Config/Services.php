<?php

namespace Bundle\CodeIgniter\Config;

use Bundle\Address;
use Bundle\Bundle as Tags;
use Bundle\CodeIgniter\Nonce;
use CodeIgniter\Config\BaseService;

/** service('bundle'). The framework finds this class in packages of Composer. */
class Services extends BaseService
{
    public static function bundle(bool $getShared = true): Tags
    {
        if ($getShared) {
            return static::getSharedInstance('bundle');
        }
        $options = get_object_vars(config('Bundle'));
        return new Tags([
            'base' => $options['base'] ?? static function () use ($options) {
                helper('url');
                return Address::of($options['outDir'], FCPATH, Address::path(base_url()));
            },
            'nonce' => $options['nonce'] ?? [Nonce::class, 'of'],
        ] + $options);
    }
}
