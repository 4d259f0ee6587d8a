/* The time machine: the bot's clock, what comes next, and the buttons that move on. */
(function () {
  'use strict';
  var sim = window.sim;
  var element = sim.element;
  function byId(id) { return document.getElementById(id); }
  var buttons = [byId('to-next'), byId('plus-hour'), byId('plus-day')];
  var moving = false;
  var again = null;

  function show(view) {
    Array.prototype.forEach.call(document.querySelectorAll('.bot-now'), function (place) {
      place.textContent = view.local_now;
    });
    byId('bot-zone').textContent = view.zone_known ? view.zone.replace(/_/g, ' ') : 'UTC, until the bot knows your place';
    if (sim.zone !== view.zone && view.zone_known) {
      sim.zone = view.zone;
      sim.arrange(byId('log'));
    }
    var list = byId('coming');
    list.textContent = '';
    view.scheduled.forEach(function (item) {
      var line = element('li');
      line.appendChild(element('span', 'coming-at', item.local_at));
      line.appendChild(element('span', 'coming-what', item.what));
      line.appendChild(element('span', 'coming-why', item.why));
      list.appendChild(line);
    });
    byId('coming-none').hidden = view.scheduled.length > 0;
    buttons.forEach(function (button) { button.disabled = moving; });
    byId('to-next').disabled = moving || !view.scheduled.length;
  }

  sim.refreshTime = function () {
    if (!sim.person || moving) { return; }
    clearTimeout(again);
    sim.get('/sim/time/' + sim.person).then(function (view) { if (!moving) { show(view); } }, function () {});
    again = setTimeout(sim.refreshTime, 15000);
  };
  sim.refreshTimeSoon = function () {
    clearTimeout(again);
    again = setTimeout(sim.refreshTime, 300);
  };

  function move(step, button) {
    if (moving) { return; }
    moving = true;
    buttons.forEach(function (other) { other.disabled = true; });
    byId('moving').textContent = 'Moving the clock…';
    sim.send('/sim/time/' + sim.person + '/advance', step).then(function (view) {
      moving = false;
      byId('moving').textContent = '';
      show(view);
      (button.disabled ? byId('plus-hour') : button).focus();
      sim.refreshTimeSoon();
    }, function (problem) {
      moving = false;
      byId('moving').textContent = problem.message;
      sim.refreshTime();
    });
  }
  byId('to-next').addEventListener('click', function () { move({ next: true }, this); });
  byId('plus-hour').addEventListener('click', function () { move({ hours: 1 }, this); });
  byId('plus-day').addEventListener('click', function () { move({ days: 1 }, this); });

  var toggle = byId('time-toggle');
  toggle.addEventListener('click', function () {
    var open = document.body.classList.toggle('time-open');
    toggle.setAttribute('aria-expanded', String(open));
  });
})();
