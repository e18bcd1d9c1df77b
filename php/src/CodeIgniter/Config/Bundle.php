<?php

namespace Bundle\CodeIgniter\Config;

use CodeIgniter\Config\BaseConfig;

/** What a project changes in app/Config/Bundle.php, in a class `Config\Bundle` that extends this one. */
class Bundle extends BaseConfig
{
    /** @var string "outDir" of bundle.config.json */
    public $outDir = FCPATH . 'scripts';

    /** @var string what builds it, for the page that needs tags before the first build */
    public $command = 'npx bundle';

    /** @var string|callable|false|null the folder's address; null: where the site is; false: "publicPath" of the build */
    public $base = null;

    /** @var string|callable|false|null null: the nonces of the framework's content security policy, if it is enabled */
    public $nonce = null;

    /** @var bool browsers refuse files with other contents; only names with hashes have it */
    public $integrity = true;

    /** @var bool attributes of every script */
    public $defer = false;

    /** @var bool */
    public $async = false;
}
