import { __ } from '@wordpress/i18n';
log( __( 'site' ) );
