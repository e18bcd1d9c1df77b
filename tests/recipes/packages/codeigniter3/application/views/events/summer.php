<?php defined('BASEPATH') OR exit('No direct script access allowed'); ?>
  <h1 class="event">Summer</h1>
  <p id="days"></p>
