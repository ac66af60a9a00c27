"""The pane that any workspace can open at its right: search, memos, history."""
