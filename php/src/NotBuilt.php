<?php

namespace Bundle;

use RuntimeException;

/** A page asked for tags before the first build. The message has the command to run. */
class NotBuilt extends RuntimeException
{
}
