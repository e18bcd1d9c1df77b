<?php
defined('BASEPATH') or exit('No direct script access allowed');

// The helper 'bundle' of CodeIgniter 3. application/config/bundle.php, if there is one, has the options.
if (!function_exists('bundle')) {
    /**
     * The tags of entries.
     *
     * @param string|string[] $entries
     * @param array|string|null $options
     */
    function bundle($entries, $options = array())
    {
        return bundle_instance()->tags($entries, $options);
    }

    /** The one of this request. */
    function bundle_instance()
    {
        static $bundle = null;
        if ($bundle === null) {
            foreach (class_exists('Bundle\\Bundle') ? array() : array('NotBuilt', 'Address', 'Bundle') as $class) {
                require_once __DIR__ . "/../../src/$class.php";
            }
            $bundle = new Bundle\Bundle(bundle_options());
        }
        return $bundle;
    }

    function bundle_options()
    {
        $framework = get_instance();
        // In a section of its own, and not missed if there is none.
        $framework->config->load('bundle', true, true);
        $options = (array) $framework->config->item('bundle');
        $options += array('outDir' => APPPATH . 'scripts', 'base' => null);
        if ($options['base'] === null) {
            $framework->load->helper('url');
            $site = Bundle\Address::path(base_url());
            $options['base'] = Bundle\Address::of($options['outDir'], FCPATH, $site);
        }
        return $options;
    }
}
