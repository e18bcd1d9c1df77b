<?php
// What a new project of Symfony has around its templates, as little of it as one page needs. The framework is Debian's, unless a
// test writes framework.php, which loads another.

namespace App;

use Symfony\Bundle\FrameworkBundle\FrameworkBundle;
use Symfony\Bundle\FrameworkBundle\Kernel\MicroKernelTrait;
use Symfony\Bundle\TwigBundle\TwigBundle;
use Symfony\Component\Config\Loader\LoaderInterface;
use Symfony\Component\DependencyInjection\ContainerBuilder;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\HttpKernel\Kernel as BaseKernel;
use Symfony\Component\Routing\Loader\Configurator\RoutingConfigurator;
use Twig\Environment;

$project = dirname(__DIR__);
if (is_file("$project/framework.php")) {
    require_once "$project/framework.php";
} else {
    require_once 'Symfony/Bundle/FrameworkBundle/autoload.php';
    require_once 'Symfony/Bundle/TwigBundle/autoload.php';
    require_once 'Symfony/Component/Yaml/autoload.php';
}
require_once "$project/vendor/autoload.php";
spl_autoload_register(function ($class) {
    $file = dirname(__DIR__) . '/src/' . str_replace('\\', '/', substr($class, 4)) . '.php';
    if (strpos($class, 'App\\') === 0 && is_file($file)) {
        require $file;
    }
});

class Kernel extends BaseKernel
{
    use MicroKernelTrait;

    public function registerBundles(): iterable
    {
        return [new FrameworkBundle(), new TwigBundle()];
    }

    public function getProjectDir(): string
    {
        return dirname(__DIR__);
    }

    protected function configureContainer(ContainerBuilder $container, LoaderInterface $loader): void
    {
        $container->loadFromExtension('framework', ['secret' => 'recipe', 'router' => ['utf8' => true]]);
        $container->loadFromExtension('twig', ['default_path' => '%kernel.project_dir%/templates', 'strict_variables' => true]);
        $loader->load($this->getProjectDir() . '/config/services.yaml');
    }

    protected function configureRoutes(RoutingConfigurator $routes): void
    {
        $routes->add('plain', '/plain')->controller('kernel::plain');
        $routes->add('summer', '/events/summer')->controller('kernel::summer');
    }

    public function plain(): Response
    {
        return new Response('it boots');
    }

    public function summer(Environment $twig): Response
    {
        return new Response($twig->render('summer.html.twig', ['entry' => 'events/summer']));
    }
}
