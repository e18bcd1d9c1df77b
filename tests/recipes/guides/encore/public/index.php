<?php
// Twig, with the two functions of WebpackEncoreBundle that templates call: a stand-in that reads entrypoints.json as the bundle does.
require_once 'Twig/autoload.php';
$twig = new Twig\Environment(new Twig\Loader\FilesystemLoader(dirname(__DIR__) . '/templates'), ['strict_variables' => true]);
$tags = function ($kind, $tag) use ($twig) {
    $twig->addFunction(new Twig\TwigFunction("encore_entry_{$kind}_tags", function ($entry) use ($kind, $tag) {
        static $printed = [];
        $built = json_decode(file_get_contents(__DIR__ . '/build/entrypoints.json'), true);
        $of = $built['entrypoints'][$entry];
        $files = isset($of[$kind === 'link' ? 'css' : 'js']) ? $of[$kind === 'link' ? 'css' : 'js'] : [];
        $text = '';
        foreach (array_diff($files, $printed) as $file) {
            $printed[] = $file;
            $attributes = isset($built['integrity'][$file]) ? " integrity=\"{$built['integrity'][$file]}\"" : '';
            $text .= sprintf($tag, $file, $attributes);
        }
        return $text;
    }, ['is_safe' => ['html']]));
};
$tags('link', '<link rel="stylesheet" href="%s"%s>');
$tags('script', '<script src="%s"%s defer></script>');
echo $twig->render(trim(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH), '/') . '.html.twig');
