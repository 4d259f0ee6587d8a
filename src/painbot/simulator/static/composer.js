/* What the learner sends: text, edits, commands, pictures, voice, stickers, places, suggested answers. */
(function () {
  'use strict';
  var sim = window.sim;
  var element = sim.element;
  function byId(id) { return document.getElementById(id); }

  var entry = byId('entry');
  var commandList = byId('command-list');
  var attachPanel = byId('attach-panel');
  var locationPanel = byId('location-panel');
  var panels = [
    { panel: commandList, opener: byId('commands') },
    { panel: attachPanel, opener: byId('attach') },
    { panel: locationPanel, opener: byId('attach-location') }
  ];
  var editing = null;

  sim.closePanels = function (except) {
    panels.forEach(function (pair) {
      if (pair.panel !== except) {
        pair.panel.hidden = true;
        pair.opener.setAttribute('aria-expanded', 'false');
      }
    });
    sim.keepEnd();
  };

  function toggle(panel, opener) {
    var open = panel.hidden;
    sim.closePanels(open ? panel : null);
    panel.hidden = !open;
    sim.keepEnd();
    opener.setAttribute('aria-expanded', String(open));
    if (open) {
      var first = panel.querySelector('button, input');
      if (first) { first.focus(); }
    }
  }

  function fit() {
    entry.style.height = 'auto';
    entry.style.height = Math.min(entry.scrollHeight, 160) + 'px';
  }

  function done() { sim.closePanels(null); entry.focus(); }

  /* -- text -------------------------------------------------------------------------------------------- */

  sim.sendText = function (text) { return sim.post('text', { text: text }); };

  function submit() {
    var text = entry.value.trim();
    if (!text) { return; }
    var sent = editing === null ? sim.sendText(text) : sim.post('edit', { message_id: editing, text: text });
    sent.then(function () {
      stopEditing();
      entry.value = '';
      fit();
      sim.closePanels(null);
    }, function () { /* the note says why; the words stay in the box */ });
  }

  byId('composer').addEventListener('submit', function (event) { event.preventDefault(); submit(); });
  entry.addEventListener('keydown', function (event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    } else if (event.key === 'ArrowUp' && !commandList.hidden) {
      event.preventDefault();
      var choices = commandList.querySelectorAll('button');
      if (choices.length) { choices[choices.length - 1].focus(); }
    } else if (event.key === 'Escape') {
      stopEditing();
    }
  });
  entry.addEventListener('input', function () {
    fit();
    var typed = entry.value;
    if (/^\/\w*$/.test(typed)) {
      showCommands(typed.slice(1).toLowerCase());
    } else if (!commandList.hidden) {
      sim.closePanels(null);
    }
  });

  sim.startEditing = function (messageId, text) {
    editing = messageId;
    byId('edit-bar').hidden = false;
    entry.value = text;
    fit();
    entry.focus();
  };
  function stopEditing() {
    if (editing === null) { return; }
    editing = null;
    entry.value = '';
    byId('edit-bar').hidden = true;
    fit();
  }
  byId('edit-cancel').addEventListener('click', function () { stopEditing(); entry.focus(); });

  /* -- commands ---------------------------------------------------------------------------------------- */

  var commands = [];
  sim.setCommands = function (list) {
    commands = list;
    byId('commands').hidden = !list.length;
  };

  function showCommands(start) {
    commandList.textContent = '';
    commands.filter(function (item) { return item.command.indexOf(start) === 0; }).forEach(function (item) {
      var choice = element('button', 'command-choice');
      choice.type = 'button';
      choice.appendChild(element('span', 'command-name', '/' + item.command));
      choice.appendChild(element('span', 'command-what', item.description));
      choice.addEventListener('click', function () {
        entry.value = '';
        fit();
        sim.sendText('/' + item.command);
        done();
      });
      commandList.appendChild(choice);
    });
    sim.closePanels(commandList);
    commandList.hidden = !commandList.children.length;
    byId('commands').setAttribute('aria-expanded', String(!commandList.hidden));
    sim.keepEnd();
  }

  byId('commands').addEventListener('click', function () {
    if (commandList.hidden) {
      showCommands('');
      var first = commandList.querySelector('button');
      if (first) { first.focus(); }
    } else {
      done();
    }
  });
  commandList.addEventListener('keydown', function (event) {
    var step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (!step) { return; }
    event.preventDefault();
    var choices = Array.prototype.slice.call(commandList.querySelectorAll('button'));
    var next = choices[choices.indexOf(document.activeElement) + step];
    (next || entry).focus();
  });

  /* -- everything else --------------------------------------------------------------------------------- */

  byId('attach').addEventListener('click', function () { toggle(attachPanel, byId('attach')); });
  byId('attach-voice').addEventListener('click', function () { sim.post('voice', {}).then(done, done); });
  byId('attach-location').addEventListener('click', function () { toggle(locationPanel, byId('attach-location')); });
  attachPanel.addEventListener('click', function (event) {
    var emoji = event.target.getAttribute('data-emoji');
    if (emoji) { sim.post('sticker', { emoji: emoji }).then(done, done); }
  });

  var photoFile = byId('photo-file');
  byId('attach-photo').addEventListener('click', function () { photoFile.click(); });
  photoFile.addEventListener('change', function () {
    var file = photoFile.files[0];
    if (!file) { return; }
    var reader = new FileReader();
    reader.onload = function () {
      var body = { data_base64: String(reader.result).split(',')[1] || '', caption: entry.value.trim() };
      sim.post('photo', body).then(function () { entry.value = ''; fit(); done(); }, done);
      photoFile.value = '';
    };
    reader.readAsDataURL(file);
  });

  function share(latitude, longitude) {
    sim.post('location', { latitude: latitude, longitude: longitude }).then(done, function () {});
  }
  locationPanel.addEventListener('click', function (event) {
    if (event.target.classList.contains('city')) {
      share(Number(event.target.getAttribute('data-latitude')), Number(event.target.getAttribute('data-longitude')));
    }
  });
  locationPanel.addEventListener('submit', function (event) {
    event.preventDefault();
    var latitude = parseFloat(byId('latitude').value.replace(',', '.'));
    var longitude = parseFloat(byId('longitude').value.replace(',', '.'));
    if (isNaN(latitude) || isNaN(longitude)) {
      sim.note('Type two numbers, such as 52.52 and 13.405.');
      return;
    }
    share(latitude, longitude);
  });

  /* The keyboard a bot puts under the message box. */
  var shownKeyboard = '';
  sim.setReplyKeyboard = function (markup) {
    var wanted = JSON.stringify(markup);
    if (wanted === shownKeyboard) { return; }
    shownKeyboard = wanted;
    var keys = byId('reply-keys');
    keys.textContent = '';
    keys.hidden = !markup;
    if (!markup) { return; }
    markup.keyboard.forEach(function (row) {
      var line = element('div', 'key-row');
      row.forEach(function (button) {
        var key = element('button', 'reply-key', button.text);
        key.type = 'button';
        key.addEventListener('click', function () {
          if (button.request_location) {
            toggle(locationPanel, byId('attach-location'));
          } else if (button.request_contact) {
            sim.note('Sharing a phone number is not part of this try-out chat.');
          } else {
            sim.sendText(button.text);
          }
        });
        line.appendChild(key);
      });
      keys.appendChild(line);
    });
  };

  document.addEventListener('keydown', function (event) {
    if (event.key !== 'Escape') { return; }
    var open = panels.filter(function (pair) { return !pair.panel.hidden; });
    if (open.length) { done(); }
  });
})();
