const path = require( 'path' );
const webpack = require( 'webpack' );
const defaultConfig = require( '@wordpress/scripts/config/webpack.config' );

const isBabel = ( use ) => use?.loader?.includes( 'babel-loader' );
const jsx = [ require.resolve( '@babel/plugin-transform-react-jsx' ), { runtime: 'classic' } ];

const shared = {
	...defaultConfig,
	output: { path: path.resolve( process.cwd(), 'js' ), filename: '[name].js' },
	module: {
		rules: defaultConfig.module.rules
			.filter( ( rule ) => ! rule.test.toString().match( '.css' ) )
			.map( ( rule ) => {
				const uses = Array.isArray( rule.use ) ? rule.use : [ rule.use ];
				if ( ! uses.some( isBabel ) ) {
					return rule;
				}
				return {
					...rule,
					use: uses.map( ( use ) =>
						! isBabel( use )
							? use
							: {
									...use,
									options: {
										...use.options,
										plugins: [ ...( use.options?.plugins ?? [] ), jsx ],
									},
							  }
					),
				};
			} ),
	},
};

module.exports = [
	{ ...shared, entry: { site: './src/site.js' }, plugins: [] },
	{
		...shared,
		entry: { editor: './src/editor.js' },
		plugins: [
			...defaultConfig.plugins,
			new webpack.ProvidePlugin( { React: '@wordpress/element' } ),
		],
	},
];
