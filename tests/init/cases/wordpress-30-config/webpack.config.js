const path = require( 'path' );
const defaultConfig = require( '@wordpress/scripts/config/webpack.config' );
const { getWebpackEntryPoints } = require( '@wordpress/scripts/utils/config' );
const DependencyExtractionWebpackPlugin = require( '@wordpress/dependency-extraction-webpack-plugin' );

module.exports = {
	...defaultConfig,
	entry: {
		...getWebpackEntryPoints( 'script' )(),
		...defaultConfig.entry(),
		'js/admin': path.resolve( process.cwd(), 'assets/js', 'admin.jsx' ),
	},
	output: {
		...defaultConfig.output,
		path: path.resolve( process.cwd(), 'dist' ),
	},
	plugins: [
		...defaultConfig.plugins.filter(
			( plugin ) => plugin.constructor.name !== 'DependencyExtractionWebpackPlugin'
		),
		new DependencyExtractionWebpackPlugin( {
			injectPolyfill: true,
			requestToExternal( request ) {
				if ( request.startsWith( '@shop/' ) ) {
					return [ 'shop', request.slice( 6 ) ];
				}
			},
			requestToHandle( request ) {
				if ( request.startsWith( '@shop/' ) ) {
					return `shop-${ request.slice( 6 ) }`;
				}
			},
		} ),
	],
};
