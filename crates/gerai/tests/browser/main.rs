//! The main job by clicks in real Chromium.
