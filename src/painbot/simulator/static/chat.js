/* The chat: who is here, live changes, button presses, notes. */
(function () {
  'use strict';
  var sim = window.sim;
  function byId(id) { return document.getElementById(id); }

  var log = byId('log');
  var scroll = byId('scroll');
  var version = 0;
  var epoch = null;
  var started = false;
  var entryWanted = false;
  var source = null;
  var pollTimer = null;
  var typingTimer = null;
  var texts = {}; // what the learner's own messages say, for editing
  var waiting = {}; // presses without an answer: id -> button
  var sending = 0; // presses on their way to the server, whose ids are not known yet
  var early = {}; // answers that overtook the reply to their own press: id -> press
  var lastFocus = null;

  /* -- talking to the server --------------------------------------------------------------------------- */

  function readJson(response) {
    return response.json().then(function (body) {
      if (!response.ok) {
        var problem = new Error(body.error || 'That did not work.');
        problem.status = response.status;
        throw problem;
      }
      return body;
    });
  }
  sim.get = function (path) { return fetch(path).then(readJson); };
  sim.send = function (path, body) {
    return fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body)
    }).then(readJson);
  };
  sim.post = function (action, body) {
    if (action !== 'press') { atEnd = true; }
    return sim.send('/sim/people/' + sim.person + '/' + action, body).then(null, function (problem) {
      sim.note(problem.status ? problem.message : 'The bot’s computer does not answer. Is it still running?');
      throw problem;
    });
  };

  /* -- notes and alerts -------------------------------------------------------------------------------- */

  var noteTimer = null;
  sim.note = function (text) {
    var note = byId('note');
    note.textContent = '';
    note.appendChild(sim.element('span', '', text));
    clearTimeout(noteTimer);
    noteTimer = setTimeout(function () { note.textContent = ''; }, 4000);
  };
  function alertBox(text) {
    lastFocus = document.activeElement;
    byId('alert-text').textContent = text;
    byId('alert-back').hidden = false;
    byId('alert-close').focus();
  }
  function closeAlert() {
    byId('alert-back').hidden = true;
    if (lastFocus && document.body.contains(lastFocus)) { lastFocus.focus(); }
  }
  byId('alert-close').addEventListener('click', closeAlert);
  byId('alert-back').addEventListener('keydown', function (event) {
    if (event.key === 'Escape') { closeAlert(); }
    if (event.key === 'Tab') { event.preventDefault(); } // the OK button is all there is
  });

  /* -- scrolling --------------------------------------------------------------------------------------- */

  var atEnd = true; // stays true while panels open and close: only the learner's own scrolling changes it
  sim.keepEnd = function () { if (atEnd) { scroll.scrollTop = scroll.scrollHeight; } };
  sim.toNewest = function () {
    atEnd = true;
    sim.keepEnd();
    byId('to-newest').hidden = true;
  };
  byId('to-newest').addEventListener('click', sim.toNewest);
  scroll.addEventListener('scroll', function () {
    atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
    if (atEnd) { byId('to-newest').hidden = true; }
  });
  window.addEventListener('resize', sim.keepEnd);

  /* -- showing the chat -------------------------------------------------------------------------------- */

  function focusedKey() {
    var now = document.activeElement;
    var box = now && now.closest ? now.closest('.message') : null;
    return box ? { id: box.id, text: now.textContent } : null;
  }
  function giveFocusBack(key) {
    var box = key && byId(key.id);
    if (!box || box.contains(document.activeElement)) { return; }
    var choices = Array.prototype.slice.call(box.querySelectorAll('button, a'));
    var same = choices.filter(function (choice) { return choice.textContent === key.text; })[0];
    // A pressed button that is gone hands the focus to the message it stood under.
    if (!same && choices.length) { same = box.querySelector('.key') || choices[0]; }
    if (same) { same.focus(); }
  }

  function show(view) {
    if (epoch !== null && view.epoch !== epoch) { // another server: its chat starts afresh
      log.textContent = '';
      texts = {};
      epoch = view.epoch;
      version = 0;
      connect();
      return;
    }
    epoch = view.epoch;
    started = view.started;
    version = view.version;
    var key = focusedKey();
    var fresh = 0;
    view.messages.forEach(function (message) {
      var drawn = sim.drawMessage(message);
      var old = byId(drawn.id);
      if (message.from === 'person' && message.kind === 'text') { texts[message.id] = message.text; }
      if (old) {
        log.replaceChild(drawn, old);
      } else {
        log.appendChild(drawn);
        fresh += 1;
      }
    });
    if (view.messages.length) { sim.arrange(log); }
    giveFocusBack(key);
    view.presses.forEach(answered);
    showTyping(view.typing_seconds);
    sim.setCommands(view.commands);
    sim.setReplyKeyboard(view.keyboard);
    byId('intro').hidden = log.children.length > 0;
    byId('start').hidden = view.started || view.blocked;
    byId('unblock').hidden = !view.blocked;
    byId('composer').hidden = view.blocked || !view.started;
    byId('block').hidden = view.blocked || !view.started;
    if (entryWanted && !byId('composer').hidden) {
      entryWanted = false;
      byId('entry').focus();
    }
    sim.keepEnd();
    if (fresh && !atEnd) { byId('to-newest').hidden = false; }
    log.setAttribute('aria-busy', 'false');
    if (sim.refreshTimeSoon) { sim.refreshTimeSoon(); }
  }

  function showTyping(seconds) {
    clearTimeout(typingTimer);
    byId('typing').hidden = !(seconds > 0);
    byId('status').textContent = seconds > 0 ? 'typing…' : 'bot';
    sim.keepEnd();
    if (seconds > 0) { typingTimer = setTimeout(function () { showTyping(0); }, seconds * 1000); }
  }

  function answered(press) {
    var known = waiting[press.id];
    if (!press.answer) { return; }
    if (!known) {
      if (sending) { early[press.id] = press; }
      return;
    }
    delete waiting[press.id];
    settle(known);
    if (press.answer.text) { (press.answer.is_alert ? alertBox : sim.note)(press.answer.text); }
  }
  function settle(button) {
    button.classList.remove('busy');
    button.removeAttribute('aria-busy');
  }

  log.addEventListener('click', function (event) {
    var target = event.target.closest('[data-press], [data-command], [data-edit], .spoiler');
    if (!target) { return; }
    if (target.hasAttribute('data-press')) {
      press(target);
    } else if (target.hasAttribute('data-command')) {
      sim.sendText(target.getAttribute('data-command'));
    } else if (target.hasAttribute('data-edit')) {
      var id = Number(target.getAttribute('data-edit'));
      sim.startEditing(id, texts[id] || '');
    } else {
      reveal(target);
    }
  });
  log.addEventListener('keydown', function (event) {
    if ((event.key === 'Enter' || event.key === ' ') && event.target.classList.contains('spoiler')) {
      event.preventDefault();
      reveal(event.target);
    }
  });
  function reveal(spoiler) {
    spoiler.classList.add('open');
    spoiler.removeAttribute('role');
    spoiler.removeAttribute('aria-label');
  }

  function press(button) {
    button.classList.add('busy');
    button.setAttribute('aria-busy', 'true');
    sending += 1;
    sim.post('press', {
      message_id: Number(button.getAttribute('data-message')),
      data: button.getAttribute('data-press')
    }).then(function (made) {
      sending -= 1;
      waiting[made.id] = button;
      setTimeout(function () { settle(button); delete waiting[made.id]; }, 10000);
      if (early[made.id]) { answered(early[made.id]); }
      if (!sending) { early = {}; }
    }, function () { sending -= 1; settle(button); });
  }

  /* -- staying up to date ------------------------------------------------------------------------------ */

  function connect() {
    if (source) { source.close(); }
    clearTimeout(pollTimer);
    if (!window.EventSource) { poll(); return; }
    source = new EventSource('/sim/chats/' + sim.person + '/events?since=' + version);
    source.onmessage = function (event) { show(JSON.parse(event.data)); };
    source.onerror = function () {
      byId('status').textContent = 'reconnecting…';
      source.close();
      source = null;
      pollTimer = setTimeout(comeBack, 1000);
    };
  }
  /* After a break the server may be a new one that has never seen this learner. */
  function comeBack() {
    ensurePerson(sim.person).then(connect, function () { pollTimer = setTimeout(comeBack, 2000); });
  }
  function poll() {
    sim.get('/sim/chats/' + sim.person + '?since=' + version).then(function (view) {
      show(view);
      pollTimer = setTimeout(poll, 1500);
    }, function () {
      byId('status').textContent = 'reconnecting…';
      pollTimer = setTimeout(comeBack, 2000);
    });
  }

  /* -- who is here ------------------------------------------------------------------------------------- */

  function remembered() {
    try { return sessionStorage.getItem('person'); } catch (refused) { return null; }
  }
  function ensurePerson(id) {
    return sim.send('/sim/people', id ? { id: Number(id), started: started } : {}).then(function (made) {
      sim.person = made.id;
      try { sessionStorage.setItem('person', String(made.id)); } catch (refused) { /* the address keeps it */ }
      return made.id;
    });
  }
  function whoIsHere() {
    var asked = /[?&]person=([^&]*)/.exec(location.search);
    if (asked && /^\d+$/.test(asked[1])) { return asked[1]; }
    return asked ? null : remembered();
  }

  function begin() {
    ensurePerson(whoIsHere()).then(function (id) {
      history.replaceState(null, '', '/?person=' + id);
      byId('person-id').textContent = id;
      byId('transcript-json').href = '/sim/chats/' + id + '/transcript.json';
      connect();
      if (sim.refreshTime) { sim.refreshTime(); }
    }, function () {
      byId('status').textContent = 'the bot’s computer does not answer';
      setTimeout(begin, 2000);
    });
  }

  byId('start').addEventListener('click', function (event) {
    entryWanted = event.detail === 0; // from a keyboard; a tap would only open the phone's own
    sim.sendText('/start').then(null, function () {});
  });
  byId('unblock').addEventListener('click', function () { sim.post('unblock', {}); });
  byId('block').addEventListener('click', function () { closeMore(); sim.post('block', {}); });

  var more = byId('more');
  var moreMenu = byId('more-menu');
  function closeMore() { moreMenu.hidden = true; more.setAttribute('aria-expanded', 'false'); }
  more.addEventListener('click', function () {
    var zone = sim.zone || (window.Intl ? Intl.DateTimeFormat().resolvedOptions().timeZone : 'UTC') || 'UTC';
    byId('transcript-text').href =
      '/sim/chats/' + sim.person + '/transcript.txt?zone=' + encodeURIComponent(zone);
    moreMenu.hidden = !moreMenu.hidden;
    more.setAttribute('aria-expanded', String(!moreMenu.hidden));
    if (!moreMenu.hidden) { moreMenu.querySelector('a').focus(); }
  });
  document.addEventListener('click', function (event) {
    if (!moreMenu.hidden && !moreMenu.contains(event.target) && !more.contains(event.target)) { closeMore(); }
  });
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape' && !moreMenu.hidden) { closeMore(); more.focus(); }
  });

  begin();
})();
