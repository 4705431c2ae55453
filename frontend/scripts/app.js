import htmx from "htmx.org";

import { startAutosave } from "./autosave.js";
import { startBulk } from "./bulk.js";
import { startConditionalFields } from "./conditional-fields.js";
import { startDrawer } from "./drawer.js";
import { startFileInputs } from "./file-inputs.js";
import { startLive } from "./live.js";
import { startMenus } from "./menus.js";
import { startPreferences } from "./preferences.js";
import { startSessionWarning } from "./session-warning.js";
import { startShortcuts } from "./shortcuts.js";
import { startSubmitOnce } from "./submit-once.js";

// The same in the page's meta tag; here for pages that come without it.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;

startPreferences();
startDrawer();
startMenus();
startShortcuts();
startSubmitOnce();
startAutosave();
startConditionalFields();
startFileInputs();
startBulk();
startLive();
startSessionWarning();
