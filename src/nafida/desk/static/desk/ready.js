/* Ready words go into their text box on the same page; what somebody has typed stays before them. */
document.querySelectorAll("[data-ready]").forEach((link) => {
  link.addEventListener("click", (event) => {
    const box = document.getElementById(link.dataset.ready);
    if (!box) return;
    event.preventDefault();
    const typed = box.value.trim();
    box.value = typed ? `${typed}\n\n${link.dataset.words}` : link.dataset.words;
    box.focus();
  });
});
