// The page's time and chance, before anything reads them: both go on only when the program says so, so that a page of any
// browser on any day shows the same. ES5: PhantomJS runs it too.
(function (page) {
  var RealDate = Date;
  var START = new RealDate(2024, 4, 15, 10, 20, 30).getTime();
  var FRAME = 16;
  var realTimeout = page.setTimeout;
  var realFrame = page.requestAnimationFrame.bind(page);
  var now = START;
  var lastId = 0;
  var waiting = [];

  function start(run, delay, args, interval) {
    lastId++;
    waiting.push({ id: lastId, at: now + Math.max(delay || 0, 1), run: run, args: args, interval: interval });
    return lastId;
  }

  function stop(id) {
    waiting = waiting.filter(function (timer) { return timer.id !== id; });
  }

  page.setTimeout = function (run, delay) {
    return start(run, delay, [].slice.call(arguments, 2), 0);
  };
  page.setInterval = function (run, delay) {
    return start(run, delay, [].slice.call(arguments, 2), Math.max(delay || 0, 1));
  };
  page.requestAnimationFrame = function (run) {
    return start(function () { run(now - START); }, FRAME, [], 0);
  };
  page.clearTimeout = page.clearInterval = page.cancelAnimationFrame = stop;
  // What watches sizes by real frames; packages bring a replacement, which uses the timers above.
  delete page.ResizeObserver;
  page.ResizeObserver = undefined;

  function PageDate(year, month, day, hours, minutes, seconds, milliseconds) {
    if (!(this instanceof PageDate)) return new RealDate(now).toString();
    switch (arguments.length) {
      case 0: return new RealDate(now);
      case 1: return new RealDate(year);
      default: return new RealDate(year, month, day || (day === 0 ? 0 : 1), hours || 0, minutes || 0, seconds || 0, milliseconds || 0);
    }
  }
  PageDate.prototype = RealDate.prototype;
  PageDate.now = function () { return now; };
  PageDate.parse = RealDate.parse;
  PageDate.UTC = RealDate.UTC;
  RealDate.prototype.constructor = PageDate;
  page.Date = PageDate;

  var seed;
  Math.random = function () {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };

  // A real turn between two timers: promises, mutation observers and the browser's own events have theirs.
  var channel = new MessageChannel();
  var next = [];
  channel.port1.onmessage = function () { next.shift()(); };
  function turn(run) {
    next.push(run);
    channel.port2.postMessage(0);
  }

  function pass(until, then) {
    turn(function () {
      var timer = waiting.filter(function (each) { return each.at <= until; }).sort(function (a, b) { return a.at - b.at || a.id - b.id; })[0];
      if (!timer) {
        now = until;
        then();
        return;
      }
      now = Math.max(now, timer.at);
      if (timer.interval) timer.at = now + timer.interval;
      else stop(timer.id);
      try {
        timer.run.apply(page, timer.args);
      } catch (error) {
        page.console.error("in a timer: " + error);
      }
      pass(until, then);
    });
  }

  var RealImage = page.Image;
  var pictures = [];
  page.Image = function () {
    var picture = new RealImage();
    pictures.push(picture);
    return picture;
  };

  function isComplete(picture) {
    return !picture.src || picture.complete;
  }

  function wait(then) {
    if (!pictures.concat([].slice.call(document.images)).every(isComplete)) {
      realFrame(function () { wait(then); });
      return;
    }
    realFrame(then);
  }

  page.clock = {
    /** Lets so many milliseconds pass, and calls `then`. */
    pass: function (milliseconds, then) { pass(now + milliseconds, then); },
    /** Waits for what is not up to the clock: pictures, and a frame for what the browser says of scrolling. */
    wait: wait,
    /** Who drives the page has timers of its own. */
    end: function () { page.setTimeout = realTimeout; },
    /** The beginning of a scene. */
    reset: function () {
      waiting = [];
      pictures = [];
      now = START;
      seed = 1;
    }
  };
  page.clock.reset();
})(window);
