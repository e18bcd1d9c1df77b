import { writeFileSync } from 'node:fs';
import copy from 'rollup-plugin-copy';
import sass from 'rollup-plugin-sass';

const script = (name) => ({
  input: `src/${name}.js`,
  output: { file: `public/js/${name}.js`, format: 'esm' },
});

export default [
  script('cart'),
  script('order'),
  {
    input: 'src/theme.scss',
    output: { file: 'build/theme.js', format: 'esm' },
    plugins: [
      sass({
        output: false,
        processor(css) {
          writeFileSync('public/css/theme.css', css);
          return css;
        },
      }),
      copy({ targets: [{ src: 'src/mark.svg', dest: 'public/images' }] }),
    ],
  },
];
