// Passkeys are offered where the browser has them; what goes wrong is said on the page.
(() => {
  const error = document.querySelector("[data-passkey-error]");
  if (window.PublicKeyCredential) {
    for (const part of document.querySelectorAll("[data-passkeys]")) part.hidden = false;
    for (const part of document.querySelectorAll("[data-no-scripts]")) part.hidden = true;
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    if (error) error.hidden = false;
  });
})();
