/* The subjects that a half-typed word may mean, found on the phone: search/text.py and search/sound.py in small. What
   is not found here the server may still find (a slip of the pen): the form is sent as without a script. */
"use strict";
const find = (() => {
  const MARK = "°";
  const ALIKE = [
    [/[أإآٱ]/g, "ا"], [/[ىیئ]/g, "ي"], [/[ةۀە]/g, "ه"], [/[کگڭݣ]/g, "ك"], [/[ڤڥ]/g, "ف"], [/ؤ/g, "و"],
    [/پ/g, "ب"], [/چ/g, "ش"], [/[ءـ]/g, ""], [/œ/g, "oe"], [/æ/g, "ae"],
    [/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660],
  ];
  const fold = (text) => {
    let plain = text.normalize("NFKC").toLowerCase();
    for (const [letter, one] of ALIKE) plain = plain.replace(letter, one);
    return plain.normalize("NFD").replace(/\p{M}/gu, "").match(/[a-z0-9]+|[ء-ي]+|[ⴰ-ⵧ]+/g) || [];
  };
  const isArabic = (word) => /[ء-ي]/.test(word);
  const bare = (word) => word.replace(/^(?:وبال|وال|بال|فال|كال|دال|لل|ال)(?=..)/, "");
  const stem = (word) => {
    if (!isArabic(word)) {
      if (word.length < 5 || /\d$/.test(word)) return word;
      return word.replace(/(..)aux$/, "$1al").replace(/(...)[sx]$/, "$1").replace(/(...)e$/, "$1");
    }
    let root = bare(word);
    if (root[0] === "و" && root.length > 4) root = root.slice(1);
    return root.replace(/(...)(?:يات|هما|ات|ون|ين|يه|ها|ان|ه|ي)$/, "$1");
  };
  const single = (sound) => sound.replace(/(.)\1+/g, "$1");
  const change = (word, table) => [...word].map((letter) => table[letter] ?? letter).join("");
  const pairs = (from, to) => Object.fromEntries([...from].map((letter, place) => [letter, to[place] || ""]));
  const ARABIC = {
    ...pairs("تطثدذضظسصحهكقبجخرزشغفلمن", "tttddddsshhkkbjxrzcgflmn"), ...pairs("اعءيىو", ""),
  };
  const LATIN = { ...pairs("567894cpvqg", "xthgk4kbfkk"), ...pairs("23aeiouyw", "") };
  const arabic = (root) => {
    const inner = root.replace(/^و+|و+$/g, "");
    const end = root.length > 1 && root.endsWith("و") ? "w" : "";
    return single((root[0] === "و" ? "w" : "") + change(inner, ARABIC) + end);
  };
  const latin = (word) => {
    const plain = word.replace(/(..)[ae]h$/, "$1").replace(/c(?=[eiy])/g, "s")
      .replace(/^(?:ou(?=[aeiy])|w)/, "W").replace(/(.)[ouw]+$/, "$1W").replace(/x/g, "ks")
      .replace(/tch|ch|sh/g, "C").replace(/kh/g, "X").replace(/gh/g, "G").replace(/dj/g, "j")
      .replace(/dh/g, "d").replace(/th/g, "t");
    return single(change(plain, LATIN).toLowerCase());
  };
  const sounds = (word) => {
    if (/^\d+$/.test(word)) return [];
    if (isArabic(word)) return [arabic(stem(word))].filter(Boolean);
    const plain = word.replace(/^(?:(?:[ae]l|l)(?=[^aeiouyl])|l(?=[2-9]))/, "");
    return [...new Set([latin(word), latin(plain)])].filter(Boolean);
  };
  /** The tokens of a text, as search.text.index_text makes them. */
  const tokens = (text) => new Set(fold(text).flatMap((word) => [
    bare(word), stem(word), ...sounds(word).filter((sound) => sound.length > 1).map((sound) => MARK + sound),
  ]));
  const score = (word, held, last) => {
    const few = isArabic(word) ? 3 : 2;
    if (held.has(stem(word))) return 1;
    if (last && word.length > 1 && [...held].some((token) => token.startsWith(bare(word)))) return 0.7;
    return sounds(word).some((sound) => sound.length >= few && held.has(MARK + sound)) ? 0.6 : 0;
  };
  /** The codes of `subjects` (code → tokens) that answer all words of `text`, best first. */
  const find = (text, subjects) => {
    const words = fold(text);
    const scores = Object.entries(subjects).map(([code, held]) => {
      const each = words.map((word, place) => score(word, held, place === words.length - 1));
      return [code, each.every(Boolean) ? each.reduce((sum, one) => sum + one, 0) : 0];
    });
    return scores.filter(([, sum]) => sum).sort((one, other) => other[1] - one[1]).slice(0, 8).map(([code]) => code);
  };
  return { find, tokens };
})();

if (typeof module !== "undefined") module.exports = find;
else {
  const form = document.querySelector("[data-find]");
  const found = document.querySelector("[data-found]");
  const list = found.querySelector("ul");
  const none = found.querySelector("[data-none]");
  const rows = new Map([...document.querySelectorAll(".shelf [data-code]")].map((row) => [row.dataset.code, row]));
  let subjects = null;
  let asking = null;

  const load = () => {
    asking ||= fetch(form.dataset.subjects).then((answer) => answer.json()).then((words) => {
      subjects = Object.fromEntries(Object.entries(words).map(([code, text]) => [code, find.tokens(text)]));
      show();
    }).catch(() => { asking = null; });
  };
  const show = () => {
    const text = form.elements.q.value.trim();
    const codes = text && subjects ? find.find(text, subjects).filter((code) => rows.has(code)) : [];
    list.replaceChildren(...codes.map((code) => rows.get(code).cloneNode(true)));
    list.hidden = !codes.length;
    found.hidden = !text || !subjects;
    none.textContent = codes.length || !subjects ? "" : none.dataset.words;
  };
  form.elements.q.addEventListener("focus", load);
  form.elements.q.addEventListener("input", () => { load(); if (subjects) show(); });
}
