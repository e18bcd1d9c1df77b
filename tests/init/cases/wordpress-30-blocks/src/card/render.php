<div <?php echo get_block_wrapper_attributes(); ?>><?php echo esc_html( $attributes['text'] ); ?></div>
