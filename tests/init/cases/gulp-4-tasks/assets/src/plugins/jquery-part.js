var plugins = ['jquery-part'];
