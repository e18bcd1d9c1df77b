<?php
// What a project's autoload.php has besides the lines of the document.
$autoload += array('config' => array());
