// <body data-session-seconds data-session-renew>: warns three minutes before the session ends. Nothing typed is lost:
// the page stays as it is, and after the end the person signs in on another tab and comes back to it.
const WARN_SECONDS = 180;

function token() {
  return document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

export function startSessionWarning() {
  const dialog = document.getElementById("session-warning");
  const seconds = Number(document.body.dataset.sessionSeconds);
  if (!dialog || !seconds) return;
  let endsAt = 0;

  function restart() {
    endsAt = Date.now() + seconds * 1000;
    dialog.querySelectorAll("[data-session-part]").forEach((part) => { part.hidden = part.dataset.sessionPart !== "before"; });
    if (dialog.open) dialog.close();
  }

  function look() {
    const left = (endsAt - Date.now()) / 1000;
    if (left > WARN_SECONDS) return;
    dialog.querySelectorAll("[data-session-part]").forEach((part) => {
      part.hidden = part.dataset.sessionPart !== (left > 0 ? "before" : "after");
    });
    const minutes = dialog.querySelector("[data-session-minutes]");
    if (minutes) minutes.textContent = String(Math.max(1, Math.ceil(left / 60)));
    if (!dialog.open) dialog.showModal();
  }

  async function renew() {
    const answer = await fetch(document.body.dataset.sessionRenew, { method: "POST", headers: { "X-CSRFToken": token() } })
      .catch(() => null);
    if (answer?.ok && !answer.redirected) restart();
    else endsAt = Date.now();
  }

  dialog.querySelector("[data-session-stay]")?.addEventListener("click", renew);
  // Clocks of sleeping laptops stop timers, so the time is looked at, not counted.
  setInterval(look, 15000);
  restart();
}
