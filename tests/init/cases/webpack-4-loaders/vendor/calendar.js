var Calendar = function () { this.days = 7; };
