<?php

namespace Bundle\Symfony;

use Symfony\Component\HttpFoundation\RequestStack;

/** The address of a folder below `public`, on a site that may be in a sub-folder: `base` of Bundle. */
class RequestBase
{
    /** @var RequestStack */
    private $requests;

    /** @var string */
    private $folder;

    public function __construct(RequestStack $requests, string $folder)
    {
        $this->requests = $requests;
        $this->folder = $folder;
    }

    public function __invoke(): string
    {
        $request = $this->requests->getCurrentRequest();
        return ($request === null ? '' : $request->getBasePath()) . '/' . trim($this->folder, '/');
    }
}
