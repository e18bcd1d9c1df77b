<?php

return [

    // "outDir" of bundle.config.json. Any path of it works, before the first build too.
    'outDir' => public_path('scripts'),

    // What builds it. A page that needs tags before the first build says to run this.
    'command' => 'npx bundle',

    // The folder's address. null: where the site is, or ASSET_URL. false: "publicPath" of bundle.config.json.
    // A text is the address itself, and a callable such as 'App\Http\Scripts@address' returns it.
    'base' => null,

    // The nonce of the page's content security policy. null: Vite::cspNonce(), if the framework has it.
    // A callable such as 'App\Http\Csp@nonce' returns it. It gets $kind: 'css' or 'js'.
    'nonce' => null,

    // Browsers refuse files with other contents. Only names with hashes have it.
    'integrity' => true,

    // Attributes of every script.
    'defer' => false,
    'async' => false,

];
