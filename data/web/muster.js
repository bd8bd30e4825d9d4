// muster.js - what pages do beyond what they already do without it.
"use strict";
