<?php

namespace Bundle\Twig;

use Bundle\Bundle;
use Twig\Extension\AbstractExtension;
use Twig\TwigFunction;

/** The function bundle('trade/buy') of templates. */
class BundleExtension extends AbstractExtension
{
    /** @var Bundle */
    private $bundle;

    public function __construct(Bundle $bundle)
    {
        $this->bundle = $bundle;
    }

    public function getFunctions(): array
    {
        return [new TwigFunction('bundle', [$this->bundle, 'tags'], ['is_safe' => ['html']])];
    }
}
