log('chat');
