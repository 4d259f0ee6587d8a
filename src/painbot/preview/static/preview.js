/* Switching a gate shows the page anew at the same place. Everything works without this script too. */
(function () {
  'use strict';
  var form = document.getElementById('gate-form');
  var box = document.getElementById('gates');
  if (!form || !box) { return; }
  var kept = JSON.parse(sessionStorage.getItem('switched') || 'null');
  sessionStorage.removeItem('switched');
  if (kept) {
    box.open = true;
    window.scrollTo(0, kept.top);
    var input = form.querySelector('input[value="' + kept.gate + '"]');
    if (input) { input.focus({ preventScroll: true }); }
  }
  form.addEventListener('change', function (event) {
    sessionStorage.setItem('switched', JSON.stringify({ gate: event.target.value, top: window.scrollY }));
    form.submit();
  });
})();
