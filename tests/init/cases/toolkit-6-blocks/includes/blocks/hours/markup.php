<?php echo "hours";
