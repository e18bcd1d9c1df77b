const path = require( 'path' );
const defaultConfig = require( '@wordpress/scripts/config/webpack.config' );

module.exports = {
	...defaultConfig,
	output: { ...defaultConfig.output, path: path.resolve( __dirname, 'assets/own' ) },
};
