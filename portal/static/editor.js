// Comforts of the editor; without them the same buttons do the same work.

const form = document.querySelector("#editor");
const live = document.querySelector(".live");
const told = live.querySelector("[role=status]");
// Within its own root, so that its ids and the editor's stay apart.
const root = live.querySelector(".live-page").attachShadow({ mode: "open" });
const sheet = document.querySelector("link[rel=stylesheet]").cloneNode();
let asked = 0;
let timer = 0;
let isSent = false;
let isChanged = false;

const say = (words) => { if (told.textContent !== words) told.textContent = words; };

const show = async () => {
  const turn = ++asked;
  let answer;
  try {
    answer = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form), redirect: "error" });
  } catch {
    return;
  }
  const html = await answer.text();
  // A later answer may have come first.
  if (turn !== asked) return;
  if (!answer.ok) {
    say(told.dataset.waiting);
    return;
  }
  const page = new DOMParser().parseFromString(html, "text/html").querySelector("main");
  page.querySelector(".preview")?.remove();
  // Its parts, and not itself: a page has one main.
  root.replaceChildren(sheet, ...page.childNodes);
  live.hidden = false;
  say(told.dataset.shown);
};

form.addEventListener("input", () => {
  isChanged = true;
  clearTimeout(timer);
  timer = setTimeout(show, 600);
});
// A link in the preview would lead away from what is not saved yet.
root.addEventListener("click", (event) => {
  if (event.target.closest?.("a")) event.preventDefault();
});
form.addEventListener("submit", () => { isSent = true; });
addEventListener("pageshow", () => { isSent = false; });
addEventListener("beforeunload", (event) => {
  if (isChanged && !isSent) event.preventDefault();
});
live.hidden = false;
show();
