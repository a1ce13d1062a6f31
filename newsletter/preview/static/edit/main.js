// Starts the editing page once its HTML is there.

import { startActing } from "./acting.js";
import { startDrawer } from "./drawer.js";
import { retry, startFields } from "./fields.js";
import { startKeys } from "./keys.js";
import { startDragging } from "./moving.js";
import { follow, whenShown } from "./sending.js";

document.documentElement.classList.add("scripted");
startDrawer();
startFields();
startActing();
startKeys();
startDragging();
whenShown(startDragging);
follow(retry);
