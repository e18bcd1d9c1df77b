import { registerBlockStyle } from '@wordpress/blocks';

registerBlockStyle('core/button', { name: 'outline' });
