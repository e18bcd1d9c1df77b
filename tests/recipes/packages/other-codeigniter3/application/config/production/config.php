<?php
// What a project writes into config.php.
$config['base_url'] = 'http://' . $_SERVER['HTTP_HOST'] . rtrim(dirname($_SERVER['SCRIPT_NAME']), '/') . '/';
$config['index_page'] = '';
