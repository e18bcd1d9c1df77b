import { babel } from '@rollup/plugin-babel'

export default {
  input: 'src/index.js',
  output: { file: 'dist/app.js', format: 'iife' },
  plugins: [
    babel({
      babelHelpers: 'bundled',
      babelrc: false,
      presets: [['@babel/preset-env', { targets: 'last 1 chrome version' }]],
      plugins: [
        ['@babel/plugin-proposal-decorators', { version: '2023-11' }],
        ['@babel/plugin-transform-react-jsx', { pragma: 'h' }],
      ],
    }),
  ],
}
