var one = 'one';
