<?php
// `bundle init` knows CodeIgniter 3 by this file.
