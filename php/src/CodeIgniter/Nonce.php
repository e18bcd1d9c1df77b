<?php

namespace Bundle\CodeIgniter;

/** The nonces of CodeIgniter 4's content security policy: one for scripts, another for stylesheets. */
final class Nonce
{
    /** @param string $kind 'css' or 'js' */
    public static function of(string $kind): ?string
    {
        if (!config('App')->CSPEnabled) {
            return null;
        }
        $response = service('response');
        $policy = method_exists($response, 'getCSP') ? $response->getCSP() : $response->CSP;
        if (!method_exists($policy, 'getScriptNonce')) {
            return self::added($policy, $kind);
        }
        return $kind === 'css' ? $policy->getStyleNonce() : $policy->getScriptNonce();
    }

    /** Before version 4.2, the framework does not give its nonces. A page adds its own to the sources of the policy. */
    private static function added($policy, string $kind): string
    {
        $nonce = bin2hex(random_bytes(12));
        $kind === 'css' ? $policy->addStyleSrc("nonce-$nonce") : $policy->addScriptSrc("nonce-$nonce");
        return $nonce;
    }
}
