<?php
// The front controller of the framework itself. Versions before PHP 8.2 use what it advises against.
define('ENVIRONMENT', 'production');
error_reporting(E_ALL & ~E_DEPRECATED);
define('FCPATH', __DIR__ . '/');
define('SELF', 'index.php');
define('SYSDIR', 'system');
define('BASEPATH', FCPATH . 'system/');
define('APPPATH', FCPATH . 'application/');
define('VIEWPATH', APPPATH . 'views/');
require BASEPATH . 'core/CodeIgniter.php';
