/* Small comforts; every page works without them.
   Keys: j or → next, k or ← previous, / search, ? help. Plates marked data-drag: drag a range. */
"use strict";
(function () {
  var typing = function (node) {
    return node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName);
  };
  var follow = function (rel) {
    var link = document.querySelector('link[rel="' + rel + '"], a[rel~="' + rel + '"]');
    if (link) { location.href = link.href; }
  };
  var keys = [["j or →", "the next document or page"], ["k or ←", "the one before"],
    ["/", "search"], ["?", "this list"], ["Esc", "close it"]];
  var help = function () {
    var box = document.querySelector("dialog.keys");
    if (!box) {
      box = document.createElement("dialog");
      box.className = "keys";
      box.setAttribute("aria-labelledby", "keys-head");
      var head = document.createElement("h2");
      head.id = "keys-head";
      head.className = "label flat";
      head.textContent = "Keys";
      var list = document.createElement("dl");
      keys.forEach(function (pair) {
        var term = document.createElement("dt");
        var key = document.createElement("kbd");
        var said = document.createElement("dd");
        key.textContent = pair[0];
        said.textContent = pair[1];
        term.append(key);
        list.append(term, said);
      });
      var form = document.createElement("form");
      form.method = "dialog";
      var button = document.createElement("button");
      button.textContent = "Close";
      form.append(button);
      box.append(head, list, form);
      document.body.append(box);
    }
    if (!box.open) { box.showModal(); }
  };
  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (typing(event.target) || document.querySelector("dialog[open]")) { return; }
    var key = event.key;
    if (key === "j" || key === "ArrowRight") { follow("next"); }
    else if (key === "k" || key === "ArrowLeft") { follow("prev"); }
    else if (key === "?") { event.preventDefault(); help(); }
    else if (key === "/") {
      event.preventDefault();
      var box = document.getElementById("q");
      if (box) { box.focus(); box.select(); } else { location.href = "/search"; }
    }
  });

  /* Dragging over a plate chooses a range of years and sends the form below it. */
  document.querySelectorAll("svg[data-drag]").forEach(function (plate) {
    var form = document.querySelector("form.range");
    var bars = Array.from(plate.querySelectorAll("a[data-from]"));
    if (!form || !bars.length) { return; }
    plate.setAttribute("data-live", "");
    var hint = document.querySelector(".draghint");
    if (hint) { hint.textContent = " Drag over the bars to choose a range."; }
    var veil = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    veil.setAttribute("class", "chosen");
    veil.setAttribute("y", "0");
    veil.setAttribute("height", bars[0].querySelector(".touch").getAttribute("height"));
    var from = null, dragged = false;
    var at = function (event) {
      var point = new DOMPoint(event.clientX, event.clientY);
      return point.matrixTransform(plate.getScreenCTM().inverse()).x;
    };
    var inside = function (a, b) {
      return bars.filter(function (bar) {
        var touch = bar.querySelector(".touch");
        var left = +touch.getAttribute("x"), right = left + +touch.getAttribute("width");
        return right > a && left < b;
      });
    };
    plate.addEventListener("pointerdown", function (event) {
      if (event.button === 0) { from = at(event); dragged = false; }
    });
    plate.addEventListener("pointermove", function (event) {
      if (from === null) { return; }
      var to = at(event), a = Math.min(from, to), b = Math.max(from, to);
      if (!dragged && b - a < 6) { return; }
      if (!dragged) { dragged = true; plate.setPointerCapture(event.pointerId); plate.prepend(veil); }
      veil.setAttribute("x", a);
      veil.setAttribute("width", b - a);
    });
    plate.addEventListener("pointerup", function (event) {
      if (from === null) { return; }
      var to = at(event), found = inside(Math.min(from, to), Math.max(from, to));
      from = null;
      if (!dragged) { return; }
      veil.remove();
      if (!found.length) { return; }
      form.elements["from"].value = found[0].dataset.from.padStart(4, "0");
      form.elements["to"].value = found[found.length - 1].dataset.to.padStart(4, "0");
      form.submit();
    });
    plate.addEventListener("pointercancel", function () { from = null; veil.remove(); });
    plate.addEventListener("dragstart", function (event) { event.preventDefault(); });
    plate.addEventListener("click", function (event) {
      if (dragged) { event.preventDefault(); dragged = false; }
    }, true);
  });
  /* The switch that takes the lines under acts away is remembered. */
  var quiet = document.getElementById("acts-off");
  if (quiet) {
    try { quiet.checked = localStorage.getItem("acts-off") === "1"; } catch (error) { /* no store */ }
    quiet.addEventListener("change", function () {
      try { localStorage.setItem("acts-off", quiet.checked ? "1" : "0"); } catch (error) { /* no store */ }
    });
  }
})();
