/* The search of a site without a server. It loads what it needs of search/*.js as scripts, so that
   it works from disk as well; on a web host Pagefind takes over for words, where it was made. */
"use strict";
(function () {
  var PAGE = 25;
  var waiting = {};
  var loaded = {};
  var holds = Object.prototype.hasOwnProperty;
  window.regestaSite = function (name, value) { loaded[name] = value; };
  var load = function (name) {
    waiting[name] = waiting[name] || new Promise(function (done) {
      var script = document.createElement("script");
      script.src = "search/" + name + ".js";
      script.onload = function () { done(loaded[name]); };
      script.onerror = function () { done(null); };
      document.head.append(script);
    });
    return waiting[name];
  };
  var fold = function (text) {
    return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/ß/g, "ss");
  };
  var unpack = function (text) {
    var at = 0;
    return text ? text.split(",").map(function (n) { return (at += parseInt(n, 36)); }) : [];
  };
  var shard = function (word) {
    var head = word.slice(0, 2);
    return /^[a-z0-9]{1,2}$/.test(head) ? head : "other";
  };
  var union = function (lists) {
    var all = new Set();
    lists.forEach(function (list) { list.forEach(function (n) { all.add(n); }); });
    return all;
  };
  var find = function (word) {
    var start = word.slice(-1) === "*" ? word.slice(0, -1) : "";
    var name = shard(start || word);
    return load("shards").then(function (names) {
      return names && names.indexOf(name) < 0 ? {} : load("w-" + name);
    }).then(function (words) {
      if (!words) { return new Set(); }
      if (!start) { return new Set(holds.call(words, word) ? unpack(words[word]) : []); }
      var some = Object.keys(words).filter(function (w) { return w.indexOf(start) === 0; });
      return union(some.map(function (w) { return unpack(words[w]); }));
    });
  };
  var filter = function (name, values) {
    return load("f-" + name).then(function (rows) {
      var some = [];
      values.forEach(function (value) {
        Object.keys(rows || {}).forEach(function (id) {
          if (id === value || rows[id][0] === value) { some.push(unpack(rows[id][1])); }
        });
      });
      return union(some);
    });
  };
  var span = function (from, to) {
    return load("days").then(function (days) {
      var all = new Set();
      var last = to ? (to + "-99-99").slice(0, 10) : "9999-99-99";
      days.forEach(function (day, n) {
        if (day[0] && day[0] <= last && (day[1] || day[0]) >= from) { all.add(n); }
      });
      return all;
    });
  };

  var said = document.getElementById("site-said");
  var list = document.getElementById("site-found");
  var more = document.getElementById("site-more");
  var asked = new URLSearchParams(location.search);
  var query = (asked.get("q") || "").trim();
  var box = document.getElementById("q");
  var FILTERS = ["author", "recipient", "place", "subject", "kind", "collection", "language"];

  var row = function (entry) {
    var item = document.createElement("li");
    item.className = "regest";
    var link = document.createElement("a");
    link.href = entry[0];
    link.textContent = entry[1] + ": " + entry[2];
    item.append(link);
    [entry[3], entry[4]].forEach(function (words, n) {
      if (!words) { return; }
      var line = document.createElement(n ? "span" : "p");
      line.className = "soft";
      line.textContent = (n ? " " : "") + words;
      item.append(line);
    });
    return item;
  };
  var show = function (numbers, size) {
    var at = 0;
    var page = function () {
      var some = numbers.slice(at, at + PAGE);
      at += some.length;
      var chunks = some.map(function (n) { return load("d-" + Math.floor(n / size)); });
      return Promise.all(chunks).then(function (found) {
        some.forEach(function (n, i) {
          if (found[i] && found[i][n % size]) { list.append(row(found[i][n % size])); }
        });
        more.hidden = at >= numbers.length;
      });
    };
    more.onclick = page;
    return page();
  };
  var told = function (count, way) {
    said.textContent = count === 0 ? "No document matches." :
      count.toLocaleString("en") + (count === 1 ? " document" : " documents") + ", " + way;
  };
  var own = function () {
    var parts = fold(query).match(/-?[\p{L}\p{N}_]+\*?/gu) || [];
    var good = parts.filter(function (w) { return w[0] !== "-"; });
    var bad = parts.filter(function (w) { return w[0] === "-"; });
    var jobs = good.map(find);
    FILTERS.forEach(function (name) {
      var values = asked.getAll(name).filter(Boolean);
      if (values.length) { jobs.push(filter(name, values)); }
    });
    if (asked.get("from") || asked.get("to")) {
      jobs.push(span(asked.get("from") || "", asked.get("to") || ""));
    }
    var away = bad.map(function (w) { return find(w.slice(1)); });
    Promise.all([load("info"), Promise.all(jobs), Promise.all(away)]).then(function (all) {
      var numbers = [];
      if (!all[0]) { throw new Error("no index"); }
      for (var n = 0; n < all[0].documents; n += 1) {
        var here = all[1].every(function (set) { return set.has(n); }) &&
          !all[2].some(function (set) { return set.has(n); });
        if (here) { numbers.push(n); }
      }
      told(numbers.length, "by date" + (fromDisk && hasPagefind ? WITHOUT : ""));
      return show(numbers, all[0].chunk);
    }).catch(function () {
      said.textContent = "The index of this search cannot be loaded. Is the folder “search” " +
        "beside this page, and may the browser read it? The indexes work without it.";
    });
  };
  var better = function (module) {
    return module.search(query).then(function (found) {
      var at = 0;
      told(found.results.length, "the likeliest first");
      var page = function () {
        var some = found.results.slice(at, at + PAGE);
        at += some.length;
        return Promise.all(some.map(function (r) { return r.data(); })).then(function (data) {
          data.forEach(function (d) {
            var item = row([d.url, d.meta.title || d.url, "", "", ""]);
            item.firstChild.textContent = d.meta.title || d.url;
            var words = document.createElement("p");
            words.innerHTML = d.excerpt;
            item.append(words);
            list.append(item);
          });
          more.hidden = at >= found.results.length;
        });
      };
      more.onclick = page;
      return page();
    });
  };

  /* From disk no browser lets a page load Pagefind, nor are phrases known to our own search. */
  var WITHOUT = "; from disk, by words alone: ranking and passages need a web host";
  var fromDisk = location.protocol === "file:";
  var hasPagefind = Boolean(document.querySelector('meta[name="regesta-pagefind"]'));

  box.value = query;
  var named = FILTERS.some(function (name) { return asked.get(name); }) ||
    asked.get("from") || asked.get("to");
  if (!query && !named) { return; }
  said.textContent = "Looking…";
  var plain = named || /(^|\s)-|\*/.test(query) || fromDisk || !hasPagefind;
  if (plain) { own(); return; }
  import(new URL("pagefind/pagefind.js", location.href).href).then(better).catch(own);
})();
