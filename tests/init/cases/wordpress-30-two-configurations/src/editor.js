import { __ } from '@wordpress/i18n';
log( <b>{ __( 'editor' ) }</b> );
