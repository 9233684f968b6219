// One comfort: whoever is at a figure sees its sentence in the article beside it. Without this, a link leads there.

const source = document.querySelector(".source");

document.querySelector("#decisions").addEventListener("focusin", (event) => {
  const named = event.target.closest("[data-told]")?.dataset.told;
  const told = named && document.getElementById(named);
  if (!told) return;
  source.querySelector(".shown")?.classList.remove("shown");
  told.classList.add("shown");
  // Where it stands below the form instead, nothing moves away under whoever types.
  if (source.scrollHeight > source.clientHeight) source.scrollTop = told.offsetTop - source.clientHeight / 3;
});
