/* Draws messages: one bubble each, replaced in place when the message changes. */
(function () {
  'use strict';
  var sim = window.sim = window.sim || {};
  sim.zone = undefined; // the learner's zone once the bot knows it; undefined is the browser's own

  sim.element = function (tag, className, text) {
    var made = document.createElement(tag);
    if (className) { made.className = className; }
    if (text !== undefined) { made.textContent = text; }
    return made;
  };
  var element = sim.element;

  function format(iso, options) {
    var date = new Date(iso);
    var wanted = {};
    Object.keys(options).forEach(function (key) { wanted[key] = options[key]; });
    if (sim.zone) { wanted.timeZone = sim.zone; }
    try {
      return date.toLocaleString('en-GB', wanted);
    } catch (unknownZone) {
      return date.toLocaleString('en-GB', options);
    }
  }
  function clock(iso) { return format(iso, { hour: '2-digit', minute: '2-digit' }); }
  function day(iso) { return format(iso, { weekday: 'long', day: 'numeric', month: 'long' }); }

  function fileUrl(fileId) { return '/sim/files/' + encodeURIComponent(fileId); }

  function sizeText(bytes) {
    if (bytes < 1024) { return bytes + ' bytes'; }
    return bytes < 1048576 ? Math.round(bytes / 1024) + ' KB' : (bytes / 1048576).toFixed(1) + ' MB';
  }

  function picture(file, name) {
    var link = element('a', 'picture');
    link.href = fileUrl(file.file_id);
    link.target = '_blank';
    link.rel = 'noopener';
    var image = element('img');
    image.src = link.href;
    image.alt = name;
    if (file.width && file.height) { image.width = file.width; image.height = file.height; }
    link.appendChild(image);
    return link;
  }

  function mediaOf(message) {
    var media = message.media;
    if (message.kind === 'photo') {
      return picture(media.photo[media.photo.length - 1],
        message.alt || (message.text ? 'Picture' : 'Picture without a caption'));
    }
    if (message.kind === 'animation' && media.animation.mime_type === 'image/gif') {
      return picture(media.animation, message.alt || 'Animation');
    }
    if (message.kind === 'document' || message.kind === 'animation') {
      var file = media.document;
      var link = element('a', 'document');
      link.href = fileUrl(file.file_id);
      link.setAttribute('download', file.file_name);
      link.appendChild(element('span', 'document-icon', '↓'));
      link.firstChild.setAttribute('aria-hidden', 'true');
      var words = element('span', 'document-words');
      words.appendChild(element('span', 'document-name', file.file_name));
      words.appendChild(element('span', 'document-size', 'Download, ' + sizeText(file.file_size)));
      link.appendChild(words);
      return link;
    }
    if (message.kind === 'location') {
      var place = element('div', 'location');
      place.appendChild(element('span', 'pin'));
      place.appendChild(element('span', 'location-words',
        'Location ' + media.location.latitude.toFixed(3) + ', ' + media.location.longitude.toFixed(3)));
      return place;
    }
    if (message.kind === 'voice') {
      var voice = element('div', 'voice');
      var wave = element('span', 'wave');
      wave.setAttribute('aria-hidden', 'true');
      [5, 9, 14, 8, 16, 11, 6, 13, 18, 10, 7, 12, 15, 9, 5].forEach(function (height) {
        var bar = element('i');
        bar.style.height = height + 'px';
        wave.appendChild(bar);
      });
      voice.appendChild(wave);
      voice.appendChild(element('span', '', 'Voice message, ' + media.voice.duration + ' s'));
      return voice;
    }
    if (message.kind === 'sticker') { return element('div', 'sticker', media.sticker.emoji); }
    return null;
  }

  function serviceText(message) {
    if (message.media.left_chat_member) { return 'The bot left the group'; }
    return message.media.group_chat_created ? 'The group was created' : 'The chat was changed';
  }

  function buttonsOf(message) {
    var keys = element('div', 'keys');
    keys.setAttribute('role', 'group');
    keys.setAttribute('aria-label', 'Buttons of this message');
    message.buttons.forEach(function (row) {
      var line = element('div', 'key-row');
      row.forEach(function (button) {
        var key;
        if (button.data === null && button.url) {
          key = element('a', 'key link', button.text);
          if (/^https?:/i.test(button.url)) {
            key.href = button.url;
            key.target = '_blank';
            key.rel = 'noopener noreferrer';
          }
        } else {
          key = element('button', 'key', button.text);
          key.type = 'button';
          key.setAttribute('data-press', button.data);
          key.setAttribute('data-message', message.id);
        }
        line.appendChild(key);
      });
      keys.appendChild(line);
    });
    return keys;
  }

  sim.drawMessage = function (message) {
    var box = element('article', 'message ' + message.from + ' kind-' + message.kind);
    box.id = 'm' + message.id;
    box.setAttribute('data-id', message.id);
    box.setAttribute('data-at', message.at);
    var who = message.from === 'bot' ? 'Bot' : message.from === 'person' ? 'You' : 'Chat';
    if (message.deleted_at) {
      box.className += ' deleted';
      box.appendChild(element('p', 'deleted-note', who + ': message deleted'));
      return box;
    }
    if (message.from === 'service') {
      box.appendChild(element('p', 'service-note', serviceText(message)));
      return box;
    }
    var bubble = element('div', 'bubble');
    bubble.appendChild(element('span', 'for-readers', who + ': '));
    if (message.reply_to) {
      bubble.appendChild(element('div', 'reply', sim.shortTextOf(message.reply_to)));
    }
    var media = mediaOf(message);
    if (media) { bubble.appendChild(media); }
    if (message.text) {
      var words = element('div', 'words');
      words.innerHTML = message.html; // made by the server from escaped text and a few known tags
      bubble.appendChild(words);
    }
    var meta = element('span', 'meta');
    if (message.from === 'person' && message.kind === 'text') {
      var edit = element('button', 'edit', 'Edit');
      edit.type = 'button';
      edit.setAttribute('data-edit', message.id);
      edit.setAttribute('aria-label', 'Edit your message: ' + message.text.slice(0, 40));
      bubble.appendChild(edit);
    }
    if (message.edited_at) {
      meta.appendChild(element('span', 'edited', 'edited '));
      if (message.edits.length) { meta.lastChild.title = 'Before: ' + message.edits[message.edits.length - 1].text; }
    }
    var time = element('time', '', clock(message.at));
    time.setAttribute('datetime', message.at);
    meta.appendChild(time);
    bubble.appendChild(meta);
    box.appendChild(bubble);
    if (message.buttons.length) { box.appendChild(buttonsOf(message)); }
    return box;
  };

  sim.shortTextOf = function (messageId) {
    var words = document.querySelector('#m' + messageId + ' .words');
    var text = words ? words.textContent : 'a message';
    return text.length > 60 ? text.slice(0, 60) + '…' : text;
  };

  /* Puts a date line above the first message of each day and joins runs of one sender. */
  sim.arrange = function (log) {
    Array.prototype.forEach.call(log.querySelectorAll('.date'), function (line) { log.removeChild(line); });
    var lastDay = null;
    var lastFrom = null;
    Array.prototype.slice.call(log.children).forEach(function (box) {
      var at = box.getAttribute('data-at');
      var label = day(at);
      var from = box.classList.contains('bot') ? 'bot' : box.classList.contains('person') ? 'person' : 'service';
      if (label !== lastDay) {
        var line = element('div', 'date');
        line.appendChild(element('span', '', label));
        log.insertBefore(line, box);
        lastDay = label;
        lastFrom = null;
      }
      box.classList[from === lastFrom ? 'add' : 'remove']('follows');
      lastFrom = from;
      var time = box.querySelector('.meta time');
      if (time) { time.textContent = clock(at); }
    });
  };
})();
