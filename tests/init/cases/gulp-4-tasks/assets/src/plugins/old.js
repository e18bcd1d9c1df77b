throw new Error('The gulpfile leaves this file out.');
