"""The window: Qt only, no SQL, no rules."""
