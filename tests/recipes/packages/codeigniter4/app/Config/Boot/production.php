<?php
// Version 4.1 makes exceptions of what newer versions of PHP advise against. Errors are shown, for tests to read.
error_reporting(E_ALL & ~E_DEPRECATED);
ini_set('display_errors', '1');
defined('CI_DEBUG') || define('CI_DEBUG', false);
