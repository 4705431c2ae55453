// <body data-session-seconds data-session-url>: warns three minutes before the session ends. Nothing typed is lost: the
// page stays as it is, and after the end the person signs in on another tab and comes back to it.
const WARN_SECONDS = 180;
const LOOK_MS = 15000;

function tokenField() {
  return document.querySelector("[name=csrfmiddlewaretoken]");
}

// Signing in again changes the token; the forms of this page must send the new one.
function renewToken(token) {
  document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
}

export function startSessionWarning() {
  const dialog = document.getElementById("session-warning");
  const { sessionSeconds, sessionUrl } = document.body.dataset;
  if (!dialog || !sessionSeconds) return;
  let endsAt = Date.now() + Number(sessionSeconds) * 1000;

  const secondsLeft = () => (endsAt - Date.now()) / 1000;

  // GET asks how long it lasts, for another tab may have kept it alive; POST keeps it alive.
  async function ask(method) {
    const headers = method === "POST" ? { "X-CSRFToken": tokenField()?.value ?? "" } : {};
    const answer = await fetch(sessionUrl, { method, headers }).catch(() => null);
    if (!answer?.ok) return; // without network the last answer stands
    const { seconds, token } = await answer.json();
    endsAt = Date.now() + seconds * 1000;
    if (token) renewToken(token);
  }

  function show() {
    const left = secondsLeft();
    if (left > WARN_SECONDS) {
      if (dialog.open) dialog.close();
      return;
    }
    dialog.querySelectorAll("[data-session-part]").forEach((part) => {
      part.hidden = part.dataset.sessionPart !== (left > 0 ? "before" : "after");
    });
    dialog.querySelector("[data-session-minutes]").textContent = String(Math.max(1, Math.ceil(left / 60)));
    if (!dialog.open) dialog.showModal();
  }

  // Clocks of sleeping laptops stop timers, so the time is looked at, not counted.
  async function look() {
    if (secondsLeft() > WARN_SECONDS || document.hidden) return;
    await ask("GET");
    show();
  }

  dialog.querySelector("[data-session-stay]").addEventListener("click", async () => {
    await ask("POST");
    show();
  });
  setInterval(look, LOOK_MS);
  document.addEventListener("visibilitychange", look);
  look();
}
